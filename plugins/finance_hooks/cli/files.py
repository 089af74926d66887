"""Commands `files`, `imported` and `withdraw`: what was delivered as files, and what became of it."""

import argparse
from pathlib import Path

from finance_hooks.cli.command import DONE, NOTHING_DONE, Command, add_json, say, say_json
from finance_hooks.cli.decide import add_to, carry_out, tell
from finance_hooks.mapping.administrations import read_administrations
from finance_hooks.mapping.folder import mappings_folder
from finance_hooks.model.export import FileExport
from finance_hooks.operators.connections import open_store
from finance_hooks.operators.own_books import work_of
from finance_hooks.operators.resources import open_resources
from finance_hooks.posting import decide
from finance_hooks.posting.audit_file import AuditFile
from finance_hooks.posting.confirm_by_file import confirm_by_file
from finance_hooks.posting.decide import Act, Wish, decide_file
from finance_hooks.store.export_files import delivered_files

NOT_IN_FILE = "it is in no file that waits to be imported"


def _add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("administration", nargs="?", help="a sync_id; without it, all")
    add_json(parser)


def _list(arguments: argparse.Namespace) -> int:
    asked = arguments.administration
    sync_ids = [asked] if asked else [row.sync_id for row in read_administrations(mappings_folder())]
    with open_store().begin() as connection:
        found = [(sync_id, one) for sync_id in sync_ids for one in delivered_files(connection, sync_id)]
    if arguments.json:
        say_json(
            [
                {
                    "administration": sync_id,
                    "location": one.location,
                    "file": one.name,
                    "made_at": one.made_at,
                    "documents": one.documents,
                    "waiting": one.waiting,
                }
                for sync_id, one in found
            ]
        )
        return DONE
    for sync_id, one in found:
        say(f"{sync_id} {one.location}/{one.name}: {one.waiting} of {one.documents} not seen in the books")
    say(f"{len(found)} files are not wholly confirmed.")
    return DONE


def _add_decision_to(parser: argparse.ArgumentParser) -> None:
    add_to(parser)
    parser.add_argument(
        "--file", action="store_true", help="the name is that of a file: decide about all in it"
    )


def _carry_out(arguments: argparse.Namespace, act: Act, done: str) -> int:
    if not arguments.file:
        return carry_out(arguments, act, done, NOT_IN_FILE)
    wish = Wish(act=act, who=arguments.by, why=arguments.why)
    decided = decide_file(open_store(), arguments.name, wish, sync_id=arguments.administration)
    return tell(arguments, decided, done, NOT_IN_FILE)


def _add_audit_files_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("administration", help="a sync_id")
    parser.add_argument("files", nargs="+", type=Path, help="XAF of the books into which files were imported")
    add_json(parser)


def _confirm(arguments: argparse.Namespace) -> int:
    work = work_of(open_resources(arguments.administration))
    counted = sum(confirm_by_file(work, AuditFile(path)) for path in arguments.files)
    if arguments.json:
        say_json({"administration": arguments.administration, "confirmed": counted})
    else:
        say(f"{arguments.administration}: {counted} delivered documents are booked.")
    return DONE if counted else NOTHING_DONE


def _add_definition_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("administration", help="a sync_id")
    add_json(parser)


def _define(arguments: argparse.Namespace) -> int:
    resources = open_resources(arguments.administration)
    export = resources.administration.export or FileExport()
    sheet = resources.target.make_file_format().definition_sheet(export.layout)
    if arguments.json:
        say_json({"administration": arguments.administration, "sheet": sheet})
    else:
        say(sheet or "The package knows the form of its files by itself.")
    return DONE


FILES = Command(
    summary="list the files whose documents are not all known to be booked", add_to=_add_to, run=_list
)
IMPORTED = Command(
    summary="say that a document that went by file, or a whole file, is in the books",
    add_to=_add_decision_to,
    run=lambda given: _carry_out(given, decide.IMPORTED, "taken for booked."),
)
WITHDRAW = Command(
    summary="say that a file, or a document of it, was not imported and never will be: it is delivered anew",
    add_to=_add_decision_to,
    run=lambda given: _carry_out(given, decide.WITHDRAW, "the next run delivers it anew."),
)
CONFIRM = Command(
    summary="note as booked what audit files show of documents that went by file",
    add_to=_add_audit_files_to,
    run=_confirm,
)
DEFINITION = Command(
    summary="print what stands in each column of an administration's files, for the import definition",
    add_to=_add_definition_to,
    run=_define,
)
