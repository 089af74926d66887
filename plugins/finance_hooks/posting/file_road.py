"""Open the road by which an administration's entries become files, or none."""

from collections.abc import Sequence
from dataclasses import dataclass

from finance_hooks.model.administration import Administration
from finance_hooks.model.chart import Chart
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.export import FileExport
from finance_hooks.posting.export_shelf import OpenShelf, Shelf
from finance_hooks.targets.base import TargetHook
from finance_hooks.targets.file_format import FileFormat
from finance_hooks.targets.registry import find_target


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRoad:
    """How entries become files and where these go; `chart` is `None` where no API can be asked."""

    export: FileExport
    file_format: FileFormat
    location: str
    shelf: Shelf
    chart: Chart | None


def _nowhere(location: str) -> Shelf:
    raise ConfigurationError(f"No folder can be opened here: {location}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """How folders are opened, and which is meant where an administration names none."""

    open_shelf: OpenShelf = _nowhere
    usual: str = ""


NO_FOLDERS = Folders()


def open_road(administration: Administration, hook: TargetHook, folders: Folders) -> FileRoad | None:
    """Open the road by file where exports.csv wants it; ConfigurationError when there is no such format."""
    export = administration.export
    if export is None:
        return None
    file_format = find_target(administration.target).make_file_format()
    _check_variant(file_format.variants, export, administration)
    location = (export.location or folders.usual).rstrip("/")
    return FileRoad(
        export=export,
        file_format=file_format,
        location=location,
        shelf=folders.open_shelf(location),
        chart=hook.read_chart(administration.target_administration) if administration.can_be_asked else None,
    )


def _check_variant(variants: Sequence[str], export: FileExport, administration: Administration) -> None:
    if export.layout.variant and export.layout.variant not in variants:
        raise ConfigurationError(
            f"exports.csv, {administration.sync_id}: variant {export.layout.variant!r} is not one of "
            f"{', '.join(variants)}."
        )
