"""Where the site itself answers no page can be put: it would be signed, and never be read."""

import re

from cms.publication.addresses import RESERVED_PATHS
from website.urls import urlpatterns

_OF_A_LANGUAGE = re.compile(r"\^\(\?P<language>th\|en\)/([a-z-]+)/\$")


def test_every_place_of_the_site_itself_is_reserved():
    names = {found[1] for one in urlpatterns if (found := _OF_A_LANGUAGE.match(str(one.pattern)))}

    assert len(names) > 5
    assert {f"/{name}/" for name in names} <= set(RESERVED_PATHS)
