"""Entities with their best-supported values, derived from the record."""
