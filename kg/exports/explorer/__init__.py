"""The explorer: a whole graph as one HTML page that works offline and asks no host for anything."""

from kg.exports.explorer.page import render

__all__ = ["render"]
