package org.chandylamport.model;

/**
 * The marker of a snapshot: what the algorithm sends along channels, between the messages of the
 * underlying computation, and what a behavior never sees (the paper, section 3.1).
 */
public record Marker(SnapshotId snapshot) {}
