"""Which verbs, nouns and attributes TwiML knows. Source: twilio.md sections 2 to 4, twilio-python 9.13."""

_DETECTION = (
    "machineDetection machineDetectionTimeout machineDetectionSpeechThreshold "
    "machineDetectionSpeechEndThreshold machineDetectionSilenceTimeout "
    "amdStatusCallback amdStatusCallbackMethod"
)
_REPORTS = "statusCallback statusCallbackMethod statusCallbackEvent"
_RECORDED = (
    "recordingStatusCallback recordingStatusCallbackMethod recordingStatusCallbackEvent trim "
    "recordingConfigurationId"
)


def _words(*texts: str) -> frozenset[str]:
    return frozenset(" ".join(texts).split())


ATTRIBUTES: dict[str, frozenset[str]] = {
    "Response": frozenset(),
    "Say": _words("voice language loop"),
    "Play": _words("loop digits"),
    "Pause": _words("length"),
    "Gather": _words(
        "input action method timeout speechTimeout maxSpeechTime numDigits finishOnKey language hints "
        "speechModel profanityFilter enhanced partialResultCallback partialResultCallbackMethod "
        "actionOnEmptyResult bargeIn debug"
    ),
    "Dial": _words(
        "action method answerOnBridge callerId callReason hangupOnStar record recordingTrack ringTone "
        "sequential timeLimit timeout referUrl referMethod events passports",
        _RECORDED,
    ),
    "Number": _words("sendDigits url method byoc", _REPORTS, _DETECTION),
    "Client": _words("url method", _REPORTS),
    "Identity": frozenset(),
    "Parameter": _words("name value"),
    "Sip": _words("username password url method", _REPORTS, _DETECTION),
    "Record": _words(
        "action method timeout finishOnKey maxLength playBeep transcribe transcribeCallback", _RECORDED
    ),
    "Redirect": _words("method"),
    "Reject": _words("reason"),
    "Hangup": frozenset(),
    "Start": _words("action method"),
    "Stop": frozenset(),
    "Transcription": _words(
        "name statusCallbackUrl statusCallbackMethod languageCode track inboundTrackLabel outboundTrackLabel "
        "transcriptionEngine speechModel enableProviderData profanityFilter partialResults hints "
        "enableAutomaticPunctuation intelligenceService conversationConfiguration conversationId"
    ),
    "Recording": _words("recordingTrack channels name", _RECORDED),
    "Message": _words("to from action method statusCallback"),
    "Body": frozenset(),
}
CHILDREN: dict[str, frozenset[str]] = {
    "Response": _words("Say Play Pause Gather Dial Record Redirect Reject Hangup Start Stop Message"),
    "Gather": _words("Say Play Pause"),
    "Dial": _words("Number Client Sip"),
    "Client": _words("Identity Parameter"),
    "Sip": _words("Parameter"),
    "Start": _words("Transcription Recording"),
    "Stop": _words("Transcription Recording"),
    "Message": _words("Body"),
}
# What may run on a callee's leg before it is bridged. Source: twilio.md section 2.3.
WHISPERED = _words("Say Play Gather Hangup")
