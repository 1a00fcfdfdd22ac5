"""Phrases in English of reports that something may not ship."""

from __future__ import annotations

from policytracker.authoring.drafting.phrases import (
    ASKED,
    BUY,
    ENTITY,
    EXPORT,
    IMPORT,
    LICENCE,
    SALE,
    TOLD,
    Phrase,
    phrase,
)

STOPS: tuple[Phrase, ...] = (
    phrase(
        1,
        "prohibited",
        rf"\b(?:bans|banned|prohibits|prohibited|outlaws|outlawed) (?:all |the |any )?{SALE}\b",
        may_come=True,
        form="rule",
    ),
    phrase(
        2,
        "licence-required",
        rf"\b(?:add(?:s|ed)|put|puts|placed|places)\b[^.;]{{0,120}}?\b{ENTITY}",
        EXPORT,
        review="unstated",
        form="rule",
    ),
    phrase(3, "licence-required", r"presumption of denial", EXPORT, True, review="presumption-of-denial"),
    phrase(3, "licence-required", r"policy of denial", EXPORT, True, review="policy-of-denial"),
    phrase(13, "licence-required", r"presumption of approval", EXPORT, True, review="presumption-of-approval"),
    phrase(12, "licence-required", r"\bcase[- ]by[- ]case\b", EXPORT, True, review="case-by-case"),
    phrase(
        4,
        "licence-required",
        rf"(?:\b(?:told|informed|notified)\b[^.;]{{0,80}}?\b(?:need(?:s|ed)?|requires?|required"
        rf"|must (?:get|obtain)|have to obtain)\b[^.;]{{0,30}}?\b{LICENCE})"
        rf"|\b{LICENCE} (?:is|was|will be|would be|are) (?:now )?(?:required|needed)"
        rf"|\b(?:now|will) (?:needs?|requires?) (?:a |an )?(?:export )?{LICENCE}",
        EXPORT,
        True,
        review="unstated",
    ),
    phrase(
        5,
        "blocked",
        rf"{TOLD}[^.;]{{0,60}}?\b(?:agents|brokers|forwarders|declarants|officers|ports)\b[^.;]{{0,120}}?"
        r"\b(?:not (?:be )?(?:permitted|allowed|let|cleared)|barred|banned|refuse|reject|turn(?:ed)? back|stop)\b",
        IMPORT,
        form="instruction",
    ),
    phrase(
        5,
        "blocked",
        r"\bcustoms\b[^.;]{0,60}?\b(?:(?:has|have) (?:begun|started) (?:blocking|turning back|refusing"
        r"|rejecting|stopping)"
        r"|(?:is|are) (?:blocking|turning back|refusing|rejecting)|turned back|blocked|refused (?:entry"
        r"|to clear)|stopped clearing)\b",
        IMPORT,
    ),
    phrase(
        6,
        "blocked",
        rf"{ASKED}[^.;]{{0,100}}?\b(?:to (?:avoid|refrain from|stay away from|steer clear of|shun)"
        rf"|not to {BUY}|against {BUY}|from {BUY})\b",
        IMPORT,
        form="guidance",
    ),
    phrase(
        7,
        "blocked",
        rf"{TOLD}[^.;]{{0,100}}?\b(?:not to {BUY}|(?:to|they must|must) (?:stop|end|halt|cancel|cease"
        rf"|scrap|terminate)|they (?:may|can|could) not {BUY})\b",
        IMPORT,
        form="instruction",
    ),
    phrase(
        8,
        "blocked",
        r"\b(?:added|put|placed)\b[^.;]{0,100}?\blist of (?:barred|banned|prohibited|forbidden|restricted)\b",
        IMPORT,
        form="instruction",
    ),
    phrase(
        11,
        "blocked",
        rf"\b(?:(?:does|do|did) not (?:yet )?(?:let|allow|permit)|(?:has|have) not (?:yet )?(?:let|allowed"
        rf"|permitted)|(?:is|are) not (?:letting|allowing)|refuses? to (?:let"
        rf"|allow))\b[^.;]{{0,70}}?\b{BUY}\b",
        IMPORT,
    ),
    phrase(
        9,
        "held",
        rf"(?:{TOLD}|{ASKED})[^.;]{{0,100}}?\bto (?:temporarily )?(?:pause|suspend|hold off|put off"
        rf"|freeze|delay|defer|wait)\b",
        IMPORT,
        form="instruction",
    ),
    phrase(
        10,
        "held",
        r"\b(?:orders?|purchases?|imports?|shipments?)\b[^.;]{0,40}?\b(?:on hold|paused|frozen|suspended"
        r"|await(?:ing)?|waiting for|pending|must wait)\b[^.;]{0,60}?\b(?:review|decision|examination"
        r"|approval)",
        IMPORT,
    ),
)
