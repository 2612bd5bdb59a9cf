"""Every kind of page of the demo with its address behind the language, by who reads it: for tests that walk over all of them."""

from dataclasses import dataclass

from tests.support.demo import COMING, CONSULTATION, OTHER, ROUND_1, ROUND_2

STANDARD = "standards/performance-standard"
CLAUSES = f"{ROUND_2}/clauses/performance-standard"
ROOM = f"committee/{CONSULTATION}/rounds/2"
QUEUE = f"moderation/{CONSULTATION}"
STATES = ("pending", "cleared", "held", "withheld", "withdrawn", "erased")
KINDS = ("swapped", "moved", "merged", "all")


@dataclass(frozen=True)
class DemoPage:
    """`address` follows the language; `{state}` in it is the reference of a comment in that state. `public`: the same bytes for everyone."""

    address: str
    who: str = "visitor"
    public: bool = True


PUBLIC = tuple(
    DemoPage(address)
    for address in (
        "",
        "standards/",
        *(f"{STANDARD}/{version}/" for version in ("v2", "v3-draft-1", "v3-draft-2")),
        *(f"{STANDARD}/v2/{number}" for number in ("5", "5.2", "7.3", "11.4")),
        *(f"{STANDARD}/v3-draft-2/{number}" for number in ("2.5", "5.3", "5.4", "11.1")),
        *(f"{STANDARD}/{address}" for address in ("v3-draft-2/changes", "v3-draft-1/changes", "v3-draft-2/changes?from=v3-draft-1")),
        *(f"{STANDARD}/v3-draft-2/changes?from=v2&kind={kind}" for kind in KINDS),
        f"{STANDARD}/v3-draft-2/changes?from=v2&principle=5&view=side",
        f"{STANDARD}/v3-draft-2/changes?from=v2&activities=mine,smelter",
        *(f"{STANDARD}/v3-draft-2/changes?from=both&principle=5&view={view}" for view in ("inline", "old", "list", "map")),
        f"{STANDARD}/v3-draft-2/changes?from=v2&principle=5&quiet=1",
        f"{STANDARD}/v3-draft-2/?activities=user",
        *(f"{STANDARD}/{address}/history" for address in ("v3-draft-2/5.3", "v2/2.5", "v3-draft-1/11.1")),
        f"{STANDARD}/v3-draft-2/changes?kind=unheard-of&principle=99&view=upside-down&activities=x",
        f"consultations/{CONSULTATION}/",
        f"consultations/{OTHER}/",
        *(f"consultations/{CONSULTATION}/resources/{name}" for name in ("highlights", "webinar")),
        *(f"{STANDARD}/{address}" for address in ("v3-draft-2/terms", "v3-draft-2/terms?show=changed", "v3-draft-2/annex-a")),
        "standards/performance-standard-guidance/v3-draft-1/terms",
        f"{ROUND_2}/comments?document=performance-standard-guidance",
        "help/useful-comments",
        "privacy",
        *(f"standards/performance-standard-guidance/{address}" for address in ("v3-draft-1/", "v3-draft-1/g5.2.1", "v3-draft-1/changes")),
        *(f"{ROUND_2}/clauses/performance-standard-guidance/{number}" for number in ("g5.2", "g5.3.1")),
        *(f"{CLAUSES}/{number}" for number in ("1.1", "2.5", "2.6", "2.8", "2.9", "5", "5.2", "5.3", "5.4", "7.1", "8.6", "11.1")),
        *(f"{CLAUSES}/5.3?view={view}" for view in ("inline", "side", "new", "old", "list", "unheard-of")),
        *(f"{CLAUSES}/5.3?from={version}" for version in ("v2", "v3-draft-1", "both", "v9")),
        *(f"{CLAUSES}/{number}?view=side&from=v3-draft-1" for number in ("5.2", "11.1")),
        f"{ROUND_1}/clauses/performance-standard/5.2",
        *(f"{ROUND_2}/removed/performance-standard/v2/{number}" for number in ("7.3", "11.4")),
        f"{COMING}/clauses/chain-of-custody/5.2",
        f"{COMING}/removed/chain-of-custody/v1/6.2",
        f"{ROUND_1}/comments",
        f"{ROUND_1}/comments?disposition=not_accepted",
        f"{ROUND_1}/report",
        f"{ROUND_2}/comments",
        f"{COMING}/comments",
        f"{ROUND_2}/comments?clause=performance-standard/5.2&written=zh",
        *(f"{ROUND_2}/comments?target={target}" for target in ("new", "removed", "process")),
        *(f"{ROUND_2}/comments?state={state}" for state in ("withheld", "withdrawn")),
        f"{ROUND_2}/comments?stakeholder_class=civil_society&position=oppose",
        f"{ROUND_2}/comments?after=25",
        f"{ROUND_2}/comments?after=99999&written=xx&state=burnt",
    )
) + tuple(DemoPage(f"{ROUND_1 if state == 'withdrawn' else ROUND_2}/comments/{{{state}}}") for state in (*STATES, "confidential"))

FORMS = tuple(
    DemoPage(address, public=False)
    for address in (
        f"{CLAUSES}/5.2/comment",
        f"{CLAUSES}/new?after=5.3",
        f"{CLAUSES}/new",
        f"{ROUND_2}/removed/performance-standard/v2/7.3/comment",
        f"{ROUND_2}/documents/performance-standard/comment",
        f"{ROUND_2}/documents/performance-standard-guidance/comment",
        f"{ROUND_2}/process/comment",
        f"{ROUND_1}/clauses/performance-standard/5.2/comment",
        f"{COMING}/documents/chain-of-custody/comment",
        f"{ROUND_2}/questions",
        "receipt",
        "my/comments",
        "my/resume",
        "my/finish",
        "subscribe",
        "subscribe?consultation=chain-of-custody-v2",
        "subscribe/sent?asked=nothing",
        "subscribe/confirm?token=nothing",
        "subscription/end",
        "subscription/ended",
        "receipt?reference=R-2222-2222",
        "receipt/R-2222-2222?ticket=over",
        "sign-in",
        f"sign-in?next=/en/moderation/{CONSULTATION}/",
    )
)

_MODERATION = (
    "moderation/",
    f"{QUEUE}/",
    f"{QUEUE}/answers?state=all",
    f"{QUEUE}/rounds/1/responses",
    f"{QUEUE}/rounds/2/responses",
    f"{QUEUE}/rounds/2/responses/preview",
    f"moderation/{OTHER}/",
    *(f"{QUEUE}/?state={state}" for state in ("held", "erased", "all")),
    f"{QUEUE}/?state=all&written=zh&class=civil_society&q=5",
    f"{QUEUE}/?q=there is nothing like it",
    *(f"{QUEUE}/{{{state}}}" for state in (*STATES, "confidential")),
)
_COMMITTEE = (
    "committee/",
    f"{ROOM}/",
    *(f"{ROOM}/?show={show}&sort={sort}" for show, sort in (("positions", "received"), ("states", "oppose"))),
    f"{ROOM}/?principle=5",
    f"committee/{CONSULTATION}/rounds/1/",
    *(f"{ROOM}/performance-standard/{number}" for number in ("1.1", "2.5", "5", "5.2", "5.4", "6.6", "8.6", "11.1")),
    *(f"{ROOM}/performance-standard/5.2?view={view}&from=v3-draft-1" for view in ("side", "new", "old")),
    f"{ROOM}/performance-standard/5.2?written=zh",
    f"{ROOM}/performance-standard/5.2?state=pending&position=oppose",
    f"{ROOM}/performance-standard/6.1?about=new",
    f"{ROOM}/process",
    f"{ROOM}/documents/performance-standard",
    f"{ROOM}/removed/performance-standard/v2/7.3",
)
DRAFT = "office/drafts/performance-standard/v3-draft-3"
LINKS = "office/changes/performance-standard/v3-draft-2/v2"
MEANING, PARITY = "office/meaning/performance-standard/v3-draft-2/v2", "office/parity/performance-standard/v3-draft-2"
OFFICE_FORMS = (
    f"{MEANING}/",
    f"{PARITY}/",
    f"{PARITY}/fr/5.2",
    "office/drafts/",
    f"{DRAFT}/",
    f"{DRAFT}/publish",
    f"{LINKS}/?link=5.2~5.3",
    f"{LINKS}/correspondence",
)
_OFFICE = (
    "office/",
    *OFFICE_FORMS,
    "office/meaning/",
    f"{MEANING}/?show=all",
    f"{MEANING}/?show=confirmed",
    "office/parity/",
    f"{PARITY}/?show=stands",
    f"{PARITY}/zh/10.2",
    f"{DRAFT}/text",
    f"{DRAFT}/text?edition=fr",
    "office/changes/",
    f"{LINKS}/",
    f"{LINKS}/?show=open&order=document",
    f"{LINKS}/?link=5.2~5.3&old=5.1&new=5.3",
    f"{LINKS}/?link=5.2~5.3&add_new=99",
    "office/changes/performance-standard/v3-draft-3/v3-draft-2/",
)
_SAMPLE = (f"{ROOM}/", f"{ROOM}/performance-standard/5.2")
"""What those see who read the same pages with other eyes."""
STAFF = tuple(
    DemoPage(address, who, public=False)
    for who, addresses in {
        "secretariat": ("staff", *_MODERATION, *_OFFICE, *_SAMPLE),
        "process_auditor": ("staff", "moderation/", f"{QUEUE}/", f"{QUEUE}/{{pending}}", *_SAMPLE),
        "committee": ("staff", *_COMMITTEE),
        "chair": ("staff", *_SAMPLE),
        "observer": ("staff", *_SAMPLE),
        "committee_elsewhere": ("staff", "committee/", f"committee/{OTHER}/rounds/1/"),
        "administrator": ("staff",),
        "unseated": ("staff",),
    }.items()
    for address in addresses
)

EVERY = (*PUBLIC, *FORMS, *STAFF)
