"""What fields weigh, and how long the lists are that no argument limits: the numbers of the cost.

A field weighs 1 and a list has `DEFAULT_LENGTH` items, except for what stands here by its
coordinates in the schema. What an interface's field weighs holds for every type that has it.
"""

from functools import cache
from typing import Any

from graphql import GraphQLInterfaceType, GraphQLObjectType

DEFAULT_LENGTH = 5

# Dearer than reading a value: a question of its own to the database, or work on a text.
WEIGHTS = {
    "Query.*": 10,
    "Query.search": 50,
    "Query.suggestions": 20,
    "Query.changes": 20,
    "Query.transparency": 100,
    "Query.assessment": 50,
    "Query.assessments": 100,
    "Transparency.frameworks": 50,
    "Transparency.log": 10,
    "SearchConnection.didYouMean": 20,
    "SearchConnection.facets": 20,
    "History.versions": 10,
    "Version.changes": 50,
    "Image.placeholder": 2,
    "Image.rendition": 5,
    "Image.sources": 2,
    "Image.srcset": 2,
    "Image.url": 2,
    "RichText.json": 2,
    "RichText.markdown": 2,
    "TableResourceBlock.preview": 10,
    "MapResourceBlock.mapPreview": 10,
}

# Lists without a page size, by what they hold in practice.
LENGTHS = {
    "Node.translations": 1,
    "Node.signOff": 4,
    "Page.body": 10,
    "Page.breadcrumbs": 3,
    "Page.hreflang": 3,
    "Query.navigation": 10,
    "Query.nodes": 100,
    "RecordChanges.nodes": 100,
    "Image.sources": 8,
    "CaseChannel.months": 12,
    "Assessment.answers": 40,
    "AssessmentAnswer.addresses": 2,
    "Transparency.divisions": 10,
    "Transparency.frameworks": 10,
    # The schema about itself: so that tools can read it whole, and nobody can read it in circles.
    "__Schema.types": 100,
    "__Schema.directives": 5,
    "__Type.fields": 8,
    "__Type.interfaces": 1,
    "__Type.possibleTypes": 2,
    "__Type.inputFields": 2,
    "__Type.enumValues": 2,
    "__Field.args": 1,
}


@cache
def weight_of(parent: Any, name: str) -> int:
    """What one value of a field costs."""
    return _declared(WEIGHTS, parent, name) or WEIGHTS.get(f"{parent}.*", 1)


@cache
def length_of(parent: Any, name: str) -> int:
    """How many items a list has that no argument limits."""
    return _declared(LENGTHS, parent, name) or DEFAULT_LENGTH


def _declared(table: dict[str, int], parent: Any, name: str) -> int | None:
    owners = [parent]
    if isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
        owners.extend(parent.interfaces)
    found = (table.get(f"{owner}.{name}") for owner in owners)
    return next((number for number in found if number is not None), None)
