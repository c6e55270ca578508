"""What stands on a news page beside the article: elements by what they call themselves, lines by what they say.

Every rule states something about news pages. None takes away what holds the headline or most of the prose:
templates put such names on the article itself as well ("has-sidebar", "tag-kabul", "share-enabled").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from mapper.articles.markup import Block, Element, ancestors, blocks

TAGS = frozenset("nav footer aside form button dialog menu figcaption iframe video audio svg".split())
"""Elements made for what is no story."""

ROLES = frozenset("navigation banner complementary contentinfo search dialog alertdialog menu menubar toolbar".split())

NAMES = re.compile(
    r"(?<![a-z])(?:"
    r"related|recommend(?:ed|ations?)?|(?:also|may|might)[_-]?like|also[_-]?read|read[_-]?(?:also|more|next)"
    r"|more[_-](?:from|stories|news|on|like|in)|most[_-]?(?:read|popular|viewed|shared)|trending|popular|latest[_-]?(?:news|posts)|up[_-]?next"
    r"|newsletters?|subscri(?:be|ption)|sign[_-]?up|social|shar(?:e|ing)|sharedaddy|addtoany|addthis|follow[_-]?us"
    r"|cookies?|consent|gdpr|onetrust|breadcrumbs?|tags?(?:[_-]?(?:list|links|cloud))?|topics?|promo(?:tion)?"
    r"|ads?|advert(?:s|isement)?|sponsor(?:ed)?|outbrain|taboola|comments?|disqus|respond"
    r"|author[_-]?(?:bio|box|info|card)|(?:article|post|entry)[_-]authors?|about[_-](?:the[_-])?author|byline|(?:post|entry|article)[_-]?meta(?:data)?|posted[_-]?on"
    r"|captions?|(?:photo|image)[_-]?(?:credits?|source)|gallery|sidebar|(?:column|col)[_-]right|right[_-](?:column|col|rail)|widget|toolbar|menu|navbar|masthead|footer|site[_-]?header|skip[_-]?link"
    r"|sr[_-]?only|visually[_-]?hidden|screen[_-]?reader(?:[_-]?text)?|paywall|pagination|pager|post[_-]?navigation|nav[_-]?links|copyright"
    r")(?![a-z])",
    re.IGNORECASE,
)
"""What page builders call such elements in their classes, ids and labels."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def prune(root: Element) -> None:
    """Take the furniture out of a page, and figures with their captions.

    Names are not believed where all the prose of a page stands under names of furniture.
    """
    held, whole = _held(root)
    headed = {element for h1 in root.iter("h1") for element in ancestors(h1)}
    made, named = [], []
    for element in root.iter():
        if not isinstance(element.tag, str) or element.getparent() is None or element.tag in ("html", "body", "head"):
            continue
        if element in headed or element.get("itemprop") == "articleBody" or 2 * held.get(element, 0) > whole:
            continue
        if _is_made_for_furniture(element):
            made.append(element)
        elif _is_called_furniture(element):
            named.append(element)
    gone = set(made)
    named = [element for element in named if gone.isdisjoint(element.iterancestors())]
    _drop(made)
    _, left = _held(root)
    taken = set(named)
    lost = sum(held.get(element, 0) for element in named if taken.isdisjoint(element.iterancestors()))
    if lost < left or left == 0:
        _drop(named)


def _held(root: Element) -> tuple[dict[Element, int], int]:
    """Return how many characters of prose each element holds, and how many there are."""
    held: dict[Element, int] = {}
    whole = 0
    for block in blocks(root):
        if is_prose(block):
            whole += len(block.text)
            for element in ancestors(block.element):
                held[element] = held.get(element, 0) + len(block.text)
    return held, whole


def _drop(elements: Sequence[Element]) -> None:
    for element in elements:
        if element.getparent() is not None:
            element.drop_tree()


def _is_made_for_furniture(element: Element) -> bool:
    if element.tag in TAGS or (element.get("role") or "").lower() in ROLES:
        return True
    return element.tag == "figure" and element.find(".//blockquote") is None and element.find(".//table") is None


def _is_called_furniture(element: Element) -> bool:
    names = " ".join(
        element.get(name) or "" for name in ("class", "id", "itemprop", "aria-label", "data-testid", "data-component")
    )
    return bool(names) and NAMES.search(_CAMEL.sub("-", names[:1000])) is not None


def is_prose(block: Block) -> bool:
    """Tell a sentence of a story from a label, a headline or a list of links."""
    return len(block.text.split()) >= 6 and _ENDED.search(block.text) is not None and 2 * block.linked < len(block.text)


_ENDED = re.compile(r"[.!?:;\N{HORIZONTAL ELLIPSIS}][\"'\)\]\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}]*$")

# --- lines --------------------------------------------------------------------------------------

_LABEL = re.compile(
    r"(?:you (?:(?:may|might|will) )?(?:also )?(?:like|be interested in|enjoy)|related(?: (?:articles?|stories|news|posts|topics|content|coverage|links?))?"
    r"|recommended(?: (?:for you|stories|articles|reading))?|more (?:from|on|in|about|stories|news|coverage)\b.{0,40}|most (?:read|popular|viewed|shared)(?: .{1,20})?"
    r"|trending(?: (?:now|news|stories|topics))?|popular(?: (?:now|posts|stories|news))?|latest (?:news|stories|posts|headlines|updates)|read (?:more|next|also)|also read"
    r"|see also|up next|what to read next|editors?['\N{RIGHT SINGLE QUOTATION MARK}]?s? (?:picks?|choice)|don['\N{RIGHT SINGLE QUOTATION MARK}]t miss|in case you missed it"
    r"|previous(?: (?:article|post|story))?|next(?: (?:article|post|story))?|from (?:the|our) (?:web|archives?|partners)|sponsored(?: content| links)?|promoted(?: stories)?"
    r"|(?:leave a )?(?:reply|comment)|(?:\d+ |no )?comments?|(?:blog |news )?archives?|keep reading|about the authors?|our (?:latest|other) .{1,30}|top stories|must[- ]read|watch (?:now|next|also))[\s:\N{HORIZONTAL ELLIPSIS}.]*",
    re.IGNORECASE,
)
"""A line that is the heading of furniture; headlines and teasers of other articles follow."""

_SINGLE = re.compile(
    r"(?:(?:also read|read also|read more|read next|see also|related(?: (?:article|story|news))?|don['\N{RIGHT SINGLE QUOTATION MARK}]t miss)"
    r"\s*[:|\N{EN DASH}\N{EM DASH}>\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}]\s*.{0,300}"
    r"|(?:watch(?: also)?|listen|more|in pictures|video|photos?|gallery)\s*(?:[:|>\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}]\s*.{0,300}|[\N{EN DASH}\N{EM DASH}]\s*.{0,300}(?<![.!?]))"
    r"|(?:tags?|topics?|keywords?|filed under|categories|category|posted in|labels?)\s*:.{0,400}"
    r"|(?:share|tweet|print|email|save|comment|follow|whatsapp|facebook|twitter|telegram|linkedin|pinterest|reddit|copy link|x)(?:[\s,|/]+(?:this|on|via|it|article|story|now|us|share|tweet|print|email|whatsapp|facebook|twitter|telegram|linkedin|pinterest|reddit|x|link|google news))*:?"
    r"|\W*advertisement\W*|sponsored|ad|skip (?:advertisement|ad|to .{1,30})|(?:continue|story continues|article continues|scroll) (?:reading|below).{0,60}|load more|show more|view comments?|back to top|home|close(?: story)?|summary|our standards\s*:.{0,100}"
    r"|(?:the post (?-i:[^a-z])|this article ).{1,300} (?:first appeared|appeared first) on (?-i:[A-Z])[^,;]{1,100}"
    r"|\N{COPYRIGHT SIGN}\s?.{0,200}|\(c\) ?(?:\d{4}\b.{0,200}|(?-i:[A-Z])[^.!?;]{0,60}\b\d{4}\.?)|copyright (?=[^.!?]{0,60}(?:\b\d{4}\b|\N{COPYRIGHT SIGN}|\(c\)|reserved\b)).{0,200}|all rights reserved.{0,60}"
    r"|\d{1,3} ?min(?:ute)?s?(?: read)?|(?:[\d,.]+k? )?(?:shares?|views?|reads?|hits|comments?)|[a-z]{1,3}(?:/[a-z]{1,3}){1,3}"
    r"|(?:file )?(?:photo|image|picture)(?: credit)?\s*[:/].{0,160}|\[?(?:file )?(?:photo|image|picture)s?\b[^.!?]{0,80}\]"
    r"|\(with inputs from.{0,300}|\(?(?:this story has been published from|\(?this story has not been edited|except for the headline|disclaimer\s*:).{0,300})",
    re.IGNORECASE | re.DOTALL,
)
"""A line that is furniture by itself, and says nothing of those around it."""

_CREDIT = re.compile(
    r"(?:(?:additional )?(?:reporting|writing|editing) by|compiled by|with (?:agency )?inputs from)(?:[\s,;&]+(?-i:[A-Z][\w.'\N{RIGHT SINGLE QUOTATION MARK}-]*"
    r"|(?:and|an?|the|our|in|of|for|from|at|with|by|al|bin|de|van|von|additional|reporting|writing|editing|compiled|staff|bureaus?|newsrooms?|correspondents?|agencies)\.?\)?))+",
    re.IGNORECASE,
)
"""Who wrote and edited a story: names, and the small words between them, of which none is a verb."""

_CALL = re.compile(
    r"(?:share (?:this|on|via) .{0,60}|(?:follow (?-i:[Uu]s|me)|(?-i:FOLLOW US))(?: (?:on|at|for|via|here|now)\b|[^\w\s,]|\Z).{0,100}|(?:click here|tap here|sign up (?:for|to|here|now|today)|register (?:now|here|for free)"
    r"|subscribe(?: (?:to|now|here|today|for|via|on|by|and)\b|[^\w\s]|\Z)|join our (?:[\w-]+ ){0,3}(?:channels?|communit(?:y|ies)|discussion|e-?mail|facebook|groups?|list|mailing|members?|newsletter|page|readers|subscribers|supporters|team|telegram|whatsapp)|join us (?:on|at|in)|download (?:the|our) .{0,30}app\b|get (?:the|our) (?:latest|daily|free|newsletter)).{0,200})",
    re.IGNORECASE | re.DOTALL,
)
"""A line that begins with what the outlet would have its readers do; so may one that tells what somebody said."""

_APPEAL = re.compile(
    r"(?:.{0,120}\b(?:our (?:[\w-]+ )?(?:newsletter|(?:whatsapp|telegram|youtube) channel)|push notifications|us on google news)\b.{0,120}"
    r"|.{0,400}\b(?:(?:tax-deductible|one-time|monthly) donation|support our (?:independent )?(?:journalism|reporting)|become a (?:member|subscriber))\b.{0,200}"
    r"|.{0,80}\b(?:e-?mail:?|contact|write to|reach) .{0,60}\S+@\S+"
    r"|.{0,200}\b(?:we use cookies|uses cookies|cookie policy|accept (?:all )?cookies|privacy policy|terms of (?:use|service))\b.{0,200})",
    re.IGNORECASE | re.DOTALL,
)
"""A line with words that outlets use of themselves; it is furniture when it speaks to the reader."""

_READER = re.compile(r"\b(?:you|yours?)\b", re.IGNORECASE)
_ADDRESS = re.compile(
    rf"{_READER.pattern}|\b(?:please|(?:this|our) (?:\w+ )?(?:site|website|page|newsletter|article|story)|our (?:privacy|cookie|terms))\b"
    r"|(?:\A|[.!?:;,|]\s+)(?:we|our|accept|allow|become|check|click|contact|donate|download|enable|e-?mail|find|follow|get|give|help|join|keep|make|never|read|reach|receive|see|send|share|sign up|stay|subscribe|support|tap|turn on|write)\b"
    r"|\bto (?:e-?mail|contact|reach|write to) (?:us|the (?:author|editor|journalist|newsroom|reporter|writer)s?)\b|\A(?-i:(?:[A-Z][\w.]*\s){1,5})uses cookies\b|\bour\b[^@]*[^.!?@]\Z",
    re.IGNORECASE,
)
"""An outlet speaks to its reader: it says "you" or "this site", or a clause begins with "we" or with what is to be done."""

_ROW = re.compile(r"(?:(?:[^\sa-z]\S*|and|of|to|the)(?:\s+|$))+")
"""A row of titles: no word but small ones in lower case."""

_SPEECH = re.compile(
    r"\A\s*[\"\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}]"
    r"|[,.!?][\"\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}]"
    r"|[\"\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}](?:[^\s\"\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}]+\s+){3}\w"
    r"|\b(?:said|says?|told|tells|wrote|writes|added|replied|warned|announced|according to(?! our\b))\b",
    re.IGNORECASE,
)
"""Somebody is quoted: four words or more between quotation marks (a button has fewer), or a verb of saying."""

_PAST = re.compile(
    r"\b(?:was|were|had|did|went|took|came|fell|gave|saw|ran|fled|began|drove|broke|spoke|rose|knew|grew|threw|blew|shot|found that)\b"
    r"|\b(?!(?:am|are|be|been|get|has|have|is|not|or|stay)\b)(?-i:[a-z])[\w'\N{RIGHT SINGLE QUOTATION MARK}-]* \w{2,}ed (?:(?:the|an?|his|her|its|their|at|from|into|over|that)\b|\d|(?-i:[A-Z]))",
    re.IGNORECASE,
)
"""Something is told: a past that is no participle, or a word in -ed with an object."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+")

_NAME = r"[A-Z][\w.'\N{RIGHT SINGLE QUOTATION MARK}-]*"
_STAMP = re.compile(
    rf"(?i:by|from|written by|reported by|edited by|reporting by)\s+(?!\w+day\b){_NAME}(?:[\s,&|]+(?:(?:and|of|for|the)\s+){{0,2}}{_NAME}){{0,8}}(?:\s*[|,\N{{BULLET}}-]\s*.{{0,60}}(?<![.!?\N{{HORIZONTAL ELLIPSIS}}]))?"
    r"|(?i:(?:first |last )?(?:published|posted|updated|modified)|issued|last update|created)\b[^.!?]{0,60}\d(?:.{0,40}\d)?[^.!?]{0,20}"
    r"|(?i:(?:\w+day,? )?(?:\d{1,2}(?:st|nd|rd|th)? )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (?:\d{1,2}(?:st|nd|rd|th)?,? )?\d{4}[\s,|at-]*(?:\d{1,2}[:.]\d\d)?\s?(?:[ap]\.?m\.?)?[\s(]*(?:[A-Z]{2,4}(?:[+-]\d+)?)?\)?)"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ,|-]{1,3}\d{1,2}:\d\d(?::\d\d)?)?|(?i:\d{1,2} (?:minutes?|hours?|days?|weeks?) ago)"
)
"""A byline or a stamp of time: what it says is read from the page's own statements."""


def story(root: Element) -> list[Block]:
    """Return the paragraphs of what holds an article and little besides: the content of a feed's entry or of a cell."""
    prune(root)
    return trim(blocks(root), ())


_BIOGRAPHY = re.compile(r"(?:is|was|has|covers|reports|writes) ", re.IGNORECASE)


def trim(found: Sequence[Block], named: Collection[str | None], author: str | None = None) -> list[Block]:
    """Return the paragraphs of a story without lines of furniture, and without its headline and outlet, which are `named`.

    Under a heading of furniture all is left out up to the next sentence that stands where those of the
    story stand, in the same element. What is said of its author at the end is no part of the story.
    """
    names = {_bare(name) for name in named if name}
    kept: list[Block] = []
    homes: set[Element] = set()
    under = False
    for block in found:
        prose, home = is_prose(block), _home(block.element)
        if _LABEL.fullmatch(block.text) and not prose:
            under = True
            continue
        if under and not (prose and (not homes or home in homes)):
            continue
        under = False
        if not _is_line_of_furniture(block, kept, names):
            kept.append(block)
            homes |= {home} if prose else set()
    while len(kept) > 1 and (_is_row_of_links(kept[-1]) or _is_biography(kept[-1], author)):
        kept.pop()
    return kept


def _home(element: Element) -> Element:
    """Return what holds a paragraph beside others: its parent, or a further one where each paragraph is wrapped by itself."""
    home = element.getparent()
    while home is not None and home.getparent() is not None and element.getnext() is None and element.getprevious() is None:
        element, home = home, home.getparent()
    return home


def _is_row_of_links(block: Block) -> bool:
    return not is_prose(block) and 10 * block.linked >= 7 * len(block.text)


def _is_biography(block: Block, author: str | None) -> bool:
    """Tell whether a paragraph says who its author is: "Carl Benning is a fellow at ..."."""
    name = " ".join((author or "").split())
    return " " in name and block.text.startswith(f"{name} ") and _BIOGRAPHY.match(block.text, len(name) + 1) is not None


def _is_line_of_furniture(block: Block, kept: Sequence[Block], names: Collection[str]) -> bool:
    text = block.text
    if len(text) < 600 and (_SINGLE.fullmatch(text) or _CREDIT.fullmatch(text) or _speaks_to_the_reader(text)):
        return True
    if len(kept) >= 4:
        return False
    bare = text
    for part in re.split(r"\s*[|\N{BULLET}\N{MIDDLE DOT}]\s*", text) if len(text) < 160 else []:
        if _bare(part) in names or _STAMP.fullmatch(part):
            bare = bare.replace(part, "", 1)
    return not _bare(bare)


def _speaks_to_the_reader(text: str) -> bool:
    """Tell an outlet's own appeal from a story that has the same words: appeals quote nobody and tell nothing."""
    if not _CALL.fullmatch(text) and not (_APPEAL.fullmatch(text) and (_ADDRESS.search(text) or _ROW.fullmatch(text))):
        return False
    return not any(_tells(sentence) for sentence in _SENTENCE.split(text))


def _tells(sentence: str) -> bool:
    return bool(_SPEECH.search(sentence)) or bool(_PAST.search(sentence) and not _READER.search(sentence))


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()
