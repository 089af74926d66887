"""All parsers of the product, by name."""

from tests.hostile import file_parsers, json_target_parsers, source_parsers, twinfield_parsers
from tests.hostile.parser import Parser

PARSERS: dict[str, Parser] = {
    parser.name: parser
    for parser in (
        *source_parsers.PARSERS,
        *json_target_parsers.PARSERS,
        *twinfield_parsers.PARSERS,
        *file_parsers.PARSERS,
    )
}
