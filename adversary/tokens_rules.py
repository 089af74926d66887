"""The rules that a simulation of tokens may break, each as what is said when it is."""

from enum import StrEnum


class Rule(StrEnum):
    """What must not happen."""

    NOT_SAVED = "new tokens came whole to a living worker and are not saved"
    CALLED_GONE = "the grant was called gone while the vendor takes a refresh token that we had"
    IDLE = "half an hour passed without harm and without a token from a good grant"
    STARVED = "a worker went without a token for the last, calm hour"
    TOO_EARLY = "a refresh came sooner than the vendor allows"
    TOO_MANY_A_DAY = "the token endpoint was called more often a day than the vendor allows"
    NEEDLESS = "there were more refreshes than lives of tokens and harms together"
    UNCOUNTED = "the vendor counts other token calls than the network"
    REFUSED = "a worker was given a token that the vendor refuses"
    NO_REMEDY = "a worker or an alert does not say what to do"
    ALERT_WITHOUT_ROW = "an alert was raised and the store knows nothing of it"
    ROW_WITHOUT_ALERT = "the store waits for a person and nobody was alerted"
    SECOND_ALERT = "a second alert was raised about one lost grant"
    UNNOTICED = "the grant was gone for hours and nobody was alerted"


NO_GRANT_IS_LOST = {Rule.NOT_SAVED, Rule.CALLED_GONE, Rule.IDLE, Rule.STARVED}
NOT_TOO_OFTEN = {Rule.TOO_EARLY, Rule.TOO_MANY_A_DAY, Rule.NEEDLESS, Rule.UNCOUNTED}
ONE_ALERT = {
    Rule.NO_REMEDY,
    Rule.ALERT_WITHOUT_ROW,
    Rule.ROW_WITHOUT_ALERT,
    Rule.SECOND_ALERT,
    Rule.UNNOTICED,
}
