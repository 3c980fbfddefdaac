"""Every number that ranking rests on, with the measurement that set it.

"s1 83/92/88" is the share of 118 real questions whose first result was a best one, for the next
lower value tried, the one chosen and the next higher. Another 122, on which no number was tuned,
stand at s1 84. Nothing here depends on the database.
"""

# --- How much a text says about its words (BM25F) ----------------------------------------------
# Lengths are constants, so that an impact does not depend on the guides saved before.
IMPACT = 1000  # the impact of a word that fills a guide; impacts are whole numbers
SATURATION = 1.2  # 0.6, 1.2, 2.4: s1 91/92/91
# name: (weight, usual number of words, how much length counts)
FIELDS = {
    "title": (5.0, 8, 0.3),  # 2, 5, 8: s1 92/92/92
    "aliases": (5.0, 40, 0.3),  # 1, 5, 8: s1 92/92/92
    "headings": (2.0, 40, 0.4),  # 0.5, 2, 4: s1 92/92/92
    "summary": (3.0, 40, 0.4),  # 1, 3, 5: s1 92/92/92
    "body": (1.0, 600, 0.7),
}
# A situation or an intent weighs by how much of what the guide is asked speaks of it.
SAID_IN = {
    "title": 3.0,  # 1, 3, 5: s1 89/92/92
    "alias": 1.0,  # each
    "summary": 1.0,  # 0, 1, 2: s1 91/92/90
    "headings": 0.5,  # 0, 0.5: s1 91/92
    "body": 0.25,  # 0, 0.25, 1: s1 91/92/92
}
SAID_ENOUGH = 6.0  # 4, 6, 8: s1 88/92/90
DECLARED = 1000  # a product or task in the guide's own classification
DECLARED_AMONG_OTHERS = 700  # one of several products; 500, 700, 900: s1 91/92/92

# --- What a question's parts are worth ---------------------------------------------------------
WORDS = 100  # all words, where a guide holds each to the full; 50, 100, 150: s1 90/92/90
WORDS_ENOUGH = 4.0  # rarity at which words count in full; 2, 4, 6: s1 91/92/90
RAREST = 2.5  # idf cap; 1.5, 2.5: s1 92/92, and 61 -> 71 among 2,500 pages on other things
COVERED_WORD = 0.5  # of a word that a concept speaks for already; 0.25, 0.5, 1: s1 90/92/91
SINGLE_CHARACTER = 0.3  # of a word of one; 0.1, 0.3, 1: s1 92/92/92, of 320 others 91.9/92.5/92.2
MEANT = 0.6  # of a concept that another one implies; 0.3, 0.6, 0.9: s1 92/92/91
CONTEXT = 0.5  # of what is said beside something that happened; 0.25, 0.5, 1: s1 92/92/91
MEANT_WORD = 0.8  # of a word that rewriting supposes
CONCEPTS = {
    "product": 45,  # 35, 45, 65: s1 92/92/92, of 320 others 92.2/92.5/92.2
    "task": 75,  # 50, 75, 100: s1 90/92/92
    "situation": 70,  # 45, 70, 95: s1 91/92/88
}
INTENT = 25  # 0, 25, 50: s1 87/92/88
# Which kind of guide an intent asks for; a bare statement wants to act.
# The larger figure at 10, 20, 35: s1 91/92/90
ACT = {"procedure": 20, "risk": 8}
KNOW = {"risk": 20, "procedure": 8}
KINDS = {
    "how": ACT,
    "when": ACT,
    "where": ACT,
    "can": ACT,
    "none": ACT,
    "why": KNOW,
    "effect": KNOW,
    "example": {"case": 60},
}
# After something that happened, a bare statement wants the causes and the remedy alike.
KINDS_AFTER_EVENTS = {**KINDS, "none": {"procedure": 20, "risk": 20}}

# --- Is it an answer? --------------------------------------------------------------------------
# Of 14 questions out of scope 14 were told as such, of 118 in scope none was called weak.
ENOUGH = 0.35  # of what all parts of the question are worth
ENOUGH_WORDS = 0.6  # the same where words are all there is
UNCOVERED = 150  # what a topic that no guide covers adds to that

# Of the best guide's points for what was said, what a result needs: of 26 guides a median of 14
# stay for a real question (8 at 0.4), and no labelled answer among the first three is lost.
NEAR = 0.25

# --- Bounds ------------------------------------------------------------------------------------
QUESTION_LETTERS = 200
QUESTION_WORDS = 32
CANDIDATES = 200  # guides that a question finds at most, the best of them all
