"""Answers in the shapes in which registries give them, about works that nobody wrote."""

import json

CROSSREF = json.dumps({
    "status": "ok", "message-type": "work",
    "message": {
        "DOI": "10.5555/ferry.1", "type": "journal-article", "title": ["RETRACTED: The cost\n of counting"],
        "author": [
            {"given": "Ada", "family": "Merrow", "sequence": "first", "affiliation": []}, {"name": "Ferry Consortium"},
        ],
        "container-title": ["Journal of Ferries"], "issued": {"date-parts": [[2021, 3]]}, "score": 1.0,
        "updated-by": [
            {"DOI": "10.5555/FERRY.9", "type": "retraction", "label": "Retraction", "source": "publisher",
             "updated": {"date-parts": [[2023, 7, 14]], "timestamp": 1}},
            {"DOI": "10.5555/ferry.8", "type": "erratum", "label": "Erratum", "updated": {"date-parts": [[2022]]}},
            {"DOI": "10.5555/ferry.7", "type": "new_version", "label": "Version"},
        ],
    },
}).encode()  # fmt: skip
OPENALEX = json.dumps({
    "id": "https://openalex.org/W1", "doi": "https://doi.org/10.5555/ferry.1", "title": "The cost of counting",
    "authorships": [{"author": {"id": "x", "display_name": "Ada Merrow"}}, {"author": {"display_name": None}}],
    "publication_date": "2021-03-09", "is_retracted": True, "type": "article",
    "primary_location": {
        "version": "publishedVersion", "source": {"display_name": "Journal of Ferries", "type": "journal"},
    },
}).encode()  # fmt: skip
DATACITE = json.dumps({
    "data": {"id": "10.5281/zenodo.1", "attributes": {
        "titles": [{"title": "Counts of ferries"}], "publisher": {"name": "Zenodo"}, "publicationYear": 2022,
        "creators": [{"name": "Merrow, Ada", "nameType": "Personal"}, {"name": "Ferry Office"}],
        "dates": [{"date": "2022-05-06", "dateType": "Issued"}, {"date": "2023", "dateType": "Updated"}],
        "types": {"resourceTypeGeneral": "Dataset"}, "container": {},
    }},
}).encode()  # fmt: skip
PUBMED = json.dumps({
    "header": {"type": "esummary"}, "result": {"uids": ["77"], "77": {
        "uid": "77", "title": "The cost of counting.", "sortpubdate": "2021/03/09 00:00",
        "fulljournalname": "Journal of ferries", "pubtype": ["Journal Article", "Retracted Publication"],
        "authors": [{"name": "Merrow A", "authtype": "Author"}, {"name": "Ferry Group", "authtype": "CollectiveName"}],
        "references": [
            {"refsource": "J Ferr. 2023;1:2", "reftype": "Retraction in", "pmid": 78, "note": ""},
            {"refsource": "J Ferr. 2022;1:2", "reftype": "Erratum in", "pmid": "", "note": ""},
            {"refsource": "J Ferr. 2022;1:2", "reftype": "Comment in", "pmid": 80, "note": ""},
        ],
    }},
}).encode()  # fmt: skip
PUBMED_UNKNOWN = b'{"result": {"uids": ["1"], "1": {"uid": "1", "error": "cannot get document summary"}}}'
ARXIV = b"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"><title>ArXiv Query</title>
<entry><id>http://arxiv.org/abs/2401.00001v2</id><title>Counting
 ferries</title><published>2024-01-01T10:00:00Z</published><updated>2024-02-03T10:00:00Z</updated>
<summary>We count.</summary><author><name>Ada Merrow</name></author><author><name>Bo Ro</name></author>
<arxiv:comment>This paper has been withdrawn by the authors</arxiv:comment></entry></feed>"""
ARXIV_UNKNOWN = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Error</title></entry></feed>"""
