package dev.prescale.config;

import java.util.List;

/** The faults of specification files as they are at present, for whoever shows them. Never blocks. */
@FunctionalInterface
public interface SpecFaultsView {
    List<SpecFault> faults();
}
