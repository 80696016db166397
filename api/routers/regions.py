"""Regions and sub-regions of the world, by which partners are grouped and chosen."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import Field

from api.models import Model
from api.openapi import problems
from api.reading import ReadingRoute
from api.strict import only_declared
from graph.model.regions import load_regions

router = APIRouter(route_class=ReadingRoute, prefix="/api/v1", tags=["partners"], dependencies=[only_declared])


class RegionInfo(Model):
    """A region or sub-region with its code in the UN's standard M49 and the codes of its states."""

    key: str = Field(examples=["northern_africa"])
    m49: str = Field(examples=["015"])
    fr: str = Field(examples=["Afrique du Nord"])
    en: str = Field(examples=["Northern Africa"])
    within: str | None = Field(None, description="the region that a sub-region is part of", examples=["africa"])
    states: list[str] = Field(examples=[["DZA", "EGY", "ESH", "LBY", "MAR", "SDN", "TUN"]])


class RegionList(Model):
    """Regions first, then sub-regions."""

    regions: list[RegionInfo]


@router.get("/regions", operation_id="list_regions", summary="Regions of the world", responses=problems())
def regions() -> RegionList:
    """What `/api/v1/partners` takes as a group of states, and as `region` to choose partners by."""
    found = load_regions().values()
    return RegionList(
        regions=[
            RegionInfo(key=one.key, m49=one.m49, **one.labels, within=one.within, states=list(one.states)) for one in found
        ]
    )
