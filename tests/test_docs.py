"""Every command, setting and question is in the documentation, and every link between its pages leads somewhere."""

import re
from pathlib import Path

import pytest
import typer.main

import diplograph
from graph.asking.questions import load_questions
from graph.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").rglob("*.md"))]


def text() -> str:
    return "\n".join(page.read_text(encoding="utf-8") for page in PAGES)


def test_every_command_is_documented_and_has_an_example() -> None:
    group = typer.main.get_command(diplograph.app)
    documented = text()
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        assert f"diplograph {name}" in documented, name
        assert hasattr(command, "commands") or "Example" in (command.help or ""), name


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    missing = [name for name in Settings.model_fields if f"`DIPLOGRAPH_{name.upper()}`" not in page]
    assert not missing
    known = {f"DIPLOGRAPH_{name.upper()}" for name in Settings.model_fields}
    others = set(re.findall(r"`(DIPLOGRAPH_\w+)`", page)) - known
    assert others <= {"DIPLOGRAPH_LOG", "DIPLOGRAPH_LOG_FORMAT", "DIPLOGRAPH_CACHE", "DIPLOGRAPH_NAME"}


def test_every_question_is_documented() -> None:
    page = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
    assert not [name for name in load_questions() if f"`{name}`" not in page]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target
