"""What has to be said for safety, word for word, wherever an exercise is shown."""

from deskbreak.words import _

DISCLAIMER = _(
    "deskbreak gives general information about moving more at work. It is not medical advice and does not "
    "diagnose or treat anything. If you are pregnant, recently had surgery, have a heart, bone, joint or "
    "balance problem, or are unsure, ask a doctor or physiotherapist before you start. Stop if anything "
    "hurts."
)
STOP = _("Stop at once if you feel:")
STOP_SIGNS = (
    _("sharp or spreading pain"),
    _("pain, tingling or numbness down a leg"),
    _("chest pain or pressure"),
    _("unusual breathlessness"),
    _("dizziness or faintness"),
    _("a joint that gives way or locks"),
)
AFTERWARDS = _(
    "Muscle effort and mild next-day soreness are normal; pain in a joint is not. Pain that lasts over 48 "
    "hours, or keeps you awake: see a professional."
)
EVERYDAY = (
    _("Breathe out on effort; never hold your breath."),
    _("Stand up slowly after long sitting or lying."),
    _("Hold the desk for one-leg exercises, clear the floor, pad the knees; no chair that rolls."),
    _("No exercises while driving or working with machinery."),
)
"""Specification: evidence.md section 5.5."""
RED_FLAGS = (
    (
        _("Call your local emergency number"),
        _(
            "chest pain or pressure; sudden breathlessness; collapse; sudden weakness of the face, an arm or "
            "speech."
        ),
    ),
    (
        _("Emergency department now"),
        _(
            "possible cauda equina syndrome: back or leg pain with numbness around the genitals, back "
            "passage or inner thighs; new trouble starting, stopping or feeling urination; loss of bowel "
            "control; weakness or numbness in both legs; new sexual numbness."
        ),
    ),
    (
        _("Medical help the same day"),
        _(
            "possible clot (DVT): throbbing pain, swelling, warmth or colour change in one calf or leg, "
            "especially after long sitting or travel; with breathlessness or chest pain call emergency "
            "services."
        ),
    ),
    (
        _("See a doctor soon"),
        _(
            "back pain after a fall or accident; with fever, unexplained weight loss, or a history of "
            "cancer; pain at night that does not ease; groin or hip pain on putting weight on the leg; leg "
            "weakness that is getting worse."
        ),
    ),
)
"""What calls for help, and for whose; the most urgent first."""
ONE_STEP_AWAY = _("Stop if anything hurts. When to stop at once: deskbreak help safety")
