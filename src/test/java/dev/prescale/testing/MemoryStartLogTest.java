package dev.prescale.testing;

import dev.prescale.control.StartLog;
import dev.prescale.control.StartLogContract;

class MemoryStartLogTest implements StartLogContract {
    private final StartLog log = new MemoryStartLog();

    @Override
    public StartLog log() {
        return log;
    }
}
