package dev.prescale.adapter.rest;

import dev.prescale.control.EndpointId;
import dev.prescale.control.PauseNote;
import dev.prescale.control.Pauses;

/** Answers what a test has it answer, and notes what it was asked. */
final class FakePauses implements Pauses {
    private Outcome outcome = new NotThere();
    private PauseNote note = PauseNote.NONE;

    FakePauses answers(Outcome next) {
        outcome = next;
        return this;
    }

    PauseNote note() {
        return note;
    }

    @Override
    public Outcome pause(EndpointId endpoint, PauseNote given) {
        note = given;
        return outcome;
    }

    @Override
    public Outcome resume(EndpointId endpoint) {
        return outcome;
    }
}
