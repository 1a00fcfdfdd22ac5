"""The phrases in English. Where two are found at one place, the first in the table counts."""

from __future__ import annotations

from policytracker.authoring.drafting.phrases import (
    BUY,
    EXPORT,
    IMPORT,
    LICENCE,
    Phrase,
    phrase,
)
from policytracker.authoring.drafting.phrases_en_stops import STOPS

PHRASES: tuple[Phrase, ...] = (
    *STOPS,
    # A step towards permission.
    phrase(
        16,
        "approved-in-principle",
        rf"\b(?:assur(?:ed|ances?)|promised)\b[^.;]{{0,60}}?\b{LICENCE} (?:would|will) be (?:granted|issued|approved)",
        EXPORT,
        True,
        form="announcement",
    ),
    phrase(
        17,
        "approved-in-principle",
        r"\bin[- ]principle\b[^.;]{0,30}?\b(?:approv\w+|agreed|cleared|nod|consent)|\b(?:approv\w+|agreed"
        r"|cleared|nod|consent)\b[^.;]{0,60}?\bin[- ]principle|\bmay (?:begin to |now "
        r"|start to )?prepare (?:their )?orders|\b(?:go ahead|begin|start) (?:with )?prepar(?:ing"
        r"|ations)\b[^.;]{0,30}?\borders",
    ),
    phrase(
        14,
        "review-opened",
        r"\b(?:(?:has |have )?(?:opened|begun|began|launched|started|initiated))\b[^.;]{0,60}?\b(?:review"
        r"|examination|inter-?agency)\b",
    ),
    phrase(
        15,
        "review-opened",
        r"\b(?:asked|asking|called in|summoned|survey(?:ed|ing))\b[^.;]{0,120}?\bhow many\b"
        r"|\b(?:joined (?:a|the) queue|queu(?:e|ing)(?: up)? for|(?:is|are"
        r"|remain) (?:still )?waiting for (?:an? (?:decision|answer|reply|approval|clearance)"
        r"|approval|permission|clearance|the go-ahead))\b",
        IMPORT,
    ),
    # It may ship.
    phrase(
        18,
        "licence-granted",
        rf"\b(?:grant(?:s|ed)?|issu(?:es?|ed)|award(?:s|ed)?|approv(?:es?|ed)|hand(?:s|ed) out|gave|given"
        rf"|receiv(?:es|ed)|obtain(?:s|ed)|won|secured)\b[^.;]{{0,90}}?\b{LICENCE}\b",
        EXPORT,
    ),
    phrase(
        18,
        "licence-granted",
        rf"\b{LICENCE}\b[^.;]{{0,70}}?\b(?:(?:were|was|(?:have|has) been|been) (?:now |also )?(?:granted"
        rf"|issued|approved|awarded)|in hand)\b",
        EXPORT,
    ),
    phrase(
        18,
        "licence-granted",
        r"\b(?:(?:has|have|had) (?:also |now )?(?:been )?|(?:was|were|are|is) (?:also |now )?)licen[cs]ed\b",
        EXPORT,
    ),
    phrase(
        18,
        "licence-granted",
        rf"\b(?:clear(?:s|ed)|authori[sz](?:es|ed)|approv(?:es|ed)|permit(?:s"
        rf"|ted))\b[^.;]{{0,90}}?\b(?:to {BUY}|(?:the )?sales? of|to sell|to ship)\b",
        EXPORT,
    ),
    phrase(
        21,
        "batch-approved",
        r"\b(?:conditional(?:ly)? approv(?:al|ed)|approv(?:al|ed) (?:with|under|subject to"
        r"|on) conditions?|conditional (?:nod|go-ahead|permission))\b",
        IMPORT,
        conditions={"terms-open": None},
    ),
    phrase(
        20,
        "batch-approved",
        rf"\b(?:approv(?:es|ed)|clear(?:s|ed)|authori[sz](?:es|ed)|permit(?:s|ted)|allow(?:s|ed)"
        rf"|green-?li(?:t|ghted))\b[^.;]{{0,110}}?\b(?:{BUY}|batch(?:es)?|lots?|consignments?"
        rf"|shipments?)\b",
        IMPORT,
    ),
    phrase(
        20,
        "batch-approved",
        rf"\b(?:g(?:ives?|ave|iven|ranted)|receiv(?:ed|es)|got|won"
        rf"|obtained)\b[^.;]{{0,40}}?\b(?:green light|nod|go-ahead|permission|approval|clearance"
        rf"|permits?)\b[^.;]{{0,90}}?\b(?:{BUY}|batch(?:es)?|lots?|for)\b",
        IMPORT,
    ),
    phrase(
        22,
        "cleared",
        rf"\b(?:no longer|does not|do not|will not|without)\b[^.;]{{0,20}}?\b(?:needs?|requires?|needing"
        rf"|requiring|a)\b ?(?:a |an |any )?(?:US |U\.S\. )?(?:export )?{LICENCE}"
        rf"|\bneeds? no (?:export )?{LICENCE}"
        rf"|\b{LICENCE} (?:is|are|was|were) (?:not|no longer) (?:needed|required)",
        EXPORT,
        True,
    ),
    # Conditions.
    phrase(
        25,
        "condition-imposed",
        r"\b(?:impos(?:es?|ed)|lev(?:y|ies|ied)|subject to|charg(?:es?"
        r"|ed))\b[^.;]{0,40}?\b\d+(?:\.\d+)?(?: ?%| percent| per cent)[^.;]{0,20}?\b(?:duty|tariff|levy"
        r"|fee)",
        may_come=True,
    ),
    phrase(
        26,
        "condition-imposed",
        r"\b(?:barred|banned|prohibited|told not|forbidden|may not)\b[^.;]{0,60}?\b(?:in"
        r"|from)\b[^.;]{0,40}?\bdata cent(?:er|re)s\b",
        IMPORT,
    ),
    # Later words on an earlier report.
    phrase(
        36,
        "lifted",
        r"\b(?:remov(?:es|ed)|took|takes|taken|struck|deleted)\b[^.;]{0,90}?\b(?:from|off) (?:its |the )?"
        r"(?:U\.S\. |trade )?(?:Entity List|entity list|blacklist)"
        r"|\b(?:lift(?:s|ed)|rescind(?:s|ed)|revok(?:es|ed)|withdrew|scrapp(?:s|ed)|repeal(?:s|ed))\b[^.;]{0,60}?"
        r"\b(?:bans?|blocks?|restrictions?|requirements?|rules?|controls|curbs|orders?|instructions?|pause)\b",
    ),
    phrase(
        37,
        "suspended",
        r"\bsuspend(?:s|ed)\b[^.;]{0,60}?\b(?:rules?|requirements?|restrictions?|bans?|controls)\b",
    ),
    # Nothing about permission.
    phrase(
        41,
        "shipped",
        r"\b(?:no|not (?:a single|one|any)|none|zero)\b[^.;]{0,50}?\b(?:shipments?|deliver(?:y|ies|ed)"
        r"|shipped|sold|arrived|reached|bought)\b|\b(?:has|have|had) (?:yet to|not yet"
        r"|not) (?:(?:been )?(?:deliver(?:ed)?|ship(?:ped)?|s(?:ell|old)|receiv(?:ed|e)|arriv(?:ed|e)))\b"
        r"|\b(?:bought|received|shipped|sold|delivered) (?:none|no)\b",
        quantity="none",
    ),
    phrase(
        43,
        "shipped",
        r"\b(?:shipped|delivered|sold|arrived|reached|took delivery of|received shipments of)\b",
        quantity="told",
    ),
    phrase(
        42,
        "orders-reported",
        r"\b(?:has|have|had) (?:not (?:yet )?(?:received|placed|booked)|received no|placed no"
        r"|no)\b[^.;]{0,30}?\borders?\b",
        quantity="none",
    ),
    phrase(
        42,
        "orders-reported",
        r"\b(?:orders? (?:for|of|totall?ing|amount)|(?:has|have|had) (?:already )?ordered|placed orders|ordered)\b",
        quantity="told",
    ),
)
"""All phrases but those of developments."""

DEVELOPMENTS: tuple[Phrase, ...] = (
    phrase(
        44,
        "development-reported",
        r"\b(?:halted|stopped|paused|suspended|ceased|wound down|restarted"
        r"|resumed)\b[^.;]{0,30}?\b(?:production|manufacturing|output|making)\b",
        kind="supply",
    ),
    phrase(
        45,
        "development-reported",
        r"\b(?:told|asked|instructed)\b[^.;]{0,50}?\b(?:suppliers?|supply chain|component makers"
        r"|foundr(?:y|ies))\b[^.;]{0,60}?\b(?:stop|halt|pause|suspend|end)\b",
        kind="supply",
    ),
    phrase(
        46,
        "development-reported",
        r"\b(?:bill|[A-Z]\w+ Act)\b[^.;]{0,100}?\b(?:pass(?:ed|es)|approved|advanced|cleared)\b"
        r"|\b(?:pass(?:ed|es)|approved|advanced)\b[^.;]{0,100}?\b(?:bill|[A-Z]\w+ Act)\b",
        case=True,
        kind="legislation",
    ),
    phrase(
        50,
        "development-reported",
        r"\b(?:charged|indicted|arrested|convicted)\b[^.;]{0,100}?\b(?:smuggl\w+|divert\w*|illegally"
        r"|export controls?)\b|\bsummoned (?:Nvidia|AMD|Intel|the chipmaker|the maker)\b",
        kind="enforcement",
    ),
    phrase(
        47,
        "development-reported",
        r"\b(?:(?:is|are|was|were|been) (?:now |still |also |actively )*(?:considering|weighing|mulling"
        r"|debating|discussing|studying|examining|drafting|thinking about)|(?:considers?|weighs?"
        r"|mulls?) )\b",
        kind="deliberation",
    ),
    phrase(
        49,
        "development-reported",
        r"\b(?:is|was|are) (?:not|no) (?:a |an )?(?:formal |outright )?ban\b",
        kind="statement",
    ),
    phrase(
        52,
        "development-reported",
        r"\b(?:chips?|export controls?|chip controls?)\b[^.;]{0,40}?\b(?:were|was) (?:not (?:discussed"
        r"|raised|a topic|on the agenda|part of)|no (?:topic|subject))\b",
        kind="statement",
    ),
)
"""What changes no status, and is recorded as a development."""
