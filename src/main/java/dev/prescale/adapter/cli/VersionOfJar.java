package dev.prescale.adapter.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class VersionOfJar implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = PrescaleCommand.class.getPackage().getImplementationVersion();
        return new String[] {"prescale " + (version == null ? "(not packaged)" : version)};
    }
}
