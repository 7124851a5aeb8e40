package dev.prescale.testing;

import dev.prescale.control.PauseLog;
import dev.prescale.control.PauseLogContract;

class MemoryPauseLogTest implements PauseLogContract {
    private final PauseLog log = new MemoryPauseLog();

    @Override
    public PauseLog log() {
        return log;
    }
}
