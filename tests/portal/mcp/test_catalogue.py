"""What the tools promise is what the API does: the scopes, the organisations, and a schema."""

import jsonschema_rs

from utfall.mcp.catalogue import TOOLS
from utfall.portal.rest.facade import all_operations

WRITING = [one for one in TOOLS if one.writes]


def test_a_tool_asks_for_the_scope_and_the_organisations_of_its_operation() -> None:
    known = {one.name: one for one in all_operations()}
    for tool in WRITING:
        operation = known[tool.operation]
        assert tool.needs == operation.needs, tool.name
        assert tool.kinds <= operation.kinds, tool.name


def test_a_schema_is_one_and_takes_nothing_it_does_not_name() -> None:
    for tool in TOOLS:
        jsonschema_rs.validator_for(tool.schema)
        assert tool.schema["type"] == "object", tool.name
        assert tool.schema["additionalProperties"] is False, tool.name
        assert tool.writes == ("confirm" in tool.schema["properties"]), tool.name
        assert len(tool.description) < 800, tool.name
