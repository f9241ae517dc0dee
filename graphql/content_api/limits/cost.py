"""A cost that depends on variables: a polynomial in the page sizes that a reader chooses.

`news(first: $a) { nodes { title pages(first: $b) { nodes { title } } } }` costs a constant, so much
for each of `$a`, and so much for each of `$a × $b`. A document is measured once; each request then
puts its own numbers in.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

MAX_TERMS = 64  # beyond, a page size from a variable counts as the largest that there is


class PageSize(NamedTuple):
    """A page size that stands in a variable; `maximum` where the request does not say."""

    variable: str
    maximum: int


class Cost(NamedTuple):
    """The sum of coefficients, each times the page sizes that it stands under."""

    terms: dict[tuple[PageSize, ...], int]

    @classmethod
    def of(cls, number: int) -> "Cost":
        """A cost that depends on nothing."""
        return cls({(): number})

    @classmethod
    def total(cls, costs: Iterable["Cost"]) -> "Cost":
        """All of them together."""
        terms: dict[tuple[PageSize, ...], int] = {}
        for cost in costs:
            for sizes, number in cost.terms.items():
                terms[sizes] = terms.get(sizes, 0) + number
        return cls(terms)._short()

    @classmethod
    def dearest(cls, costs: Iterable["Cost"]) -> "Cost":
        """At least as much as any of them."""
        terms: dict[tuple[PageSize, ...], int] = {}
        for cost in costs:
            for sizes, number in cost.terms.items():
                terms[sizes] = max(terms.get(sizes, 0), number)
        return cls(terms)._short()

    def times(self, length: "int | PageSize") -> "Cost":
        """For each item of a list."""
        if isinstance(length, int):
            return Cost({sizes: number * length for sizes, number in self.terms.items()})
        return Cost({tuple(sorted((*s, length))): number for s, number in self.terms.items()})

    def instead_of(self, known: PageSize, length: "int | PageSize") -> "Cost":
        """With one page size put in the place of another."""
        result = Cost({})
        for sizes, number in self.terms.items():
            rest = tuple(size for size in sizes if size != known)
            cost = Cost({rest: number})
            for _each in range(len(sizes) - len(rest)):
                cost = cost.times(length)
            result = Cost.total([result, cost])
        return result

    def with_sizes(self, sizes: Mapping[str, int]) -> int:
        """The number, once the variables are known."""
        result = 0
        for variables, number in self.terms.items():
            for variable, maximum in variables:
                number *= sizes.get(variable, maximum)
            result += number
        return result

    def _short(self) -> "Cost":
        return self if len(self.terms) <= MAX_TERMS else Cost.of(self.with_sizes({}))
