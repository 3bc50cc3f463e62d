------------------------------- MODULE Logged -------------------------------
(* An underlying computation that has happened: each process does again     *)
(* what its log says, event by event. So one can ask of a trace of a real   *)
(* system whether the algorithm did what the specification allows. The      *)
(* state of a process is how many of its events have happened, in which of  *)
(* the traces; the trace knows what state that is in the system traced.     *)
(*                                                                          *)
(* The traces stand in the module Traces, which is generated. All traces of *)
(* one module are of the same processes and channels. A value of JSON is a  *)
(* number there. A trace is a record:                                       *)
(*   initially   for each channel, the messages that it holds at the start  *)
(*   log         for each process, its Internal, Send and Receive events    *)
(*   values      for each process, its state initially and after each event *)
(*   initiators  for each snapshot, who may record without a marker         *)
(*   lines       what happened, in an order in which nothing is received    *)
(*               before it is sent; then what was recorded                  *)
EXTENDS ChandyLamport, Traces

VARIABLES trace, line  \* line `line' of trace `trace' comes next; 0 before the first
loggedVars == <<vars, trace, line>>

LoggedProcess == DOMAIN Trace[1].log
LoggedChannel == DOMAIN Ends
LoggedFrom(c) == Ends[c][1]
LoggedTo(c) == Ends[c][2]
LoggedSnapshotId == DOMAIN Trace[1].initiators
LoggedInitiators(s) == LoggedProcess

(* The underlying computation *)
LOCAL Following(p, x) ==
  LET log == Trace[x.trace].log[p]
  IN  IF x.events < Len(log) THEN log[x.events + 1] ELSE [action |-> "none"]
LOCAL After(x) == [x EXCEPT !.events = @ + 1]
LOCAL Nowhere == [trace |-> 0, events |-> 0]

LoggedInitialState(p) == Nowhere
LoggedInitialMessages(c) == <<>>
LoggedInternals(p, x) == IF Following(p, x).action = "Internal" THEN {After(x)} ELSE {}
LoggedSends(c, x) ==
  LET e == Following(from(c), x)
  IN  IF e.action = "Send" /\ e.channel = c
      THEN {[message |-> e.message, after |-> After(x)]} ELSE {}
LoggedAfterReceive(c, m, x) ==
  LET e == Following(to(c), x)
  IN  IF e.action = "Receive" /\ e.channel = c /\ e.message = m THEN After(x) ELSE Nowhere

(* A line of a trace, as a step *)
LOCAL IsSnapshot(e) ==
  /\ \A p \in DOMAIN e.states :
       /\ recordedState[e.snapshot][p] \notin {NotRecorded, Abandoned}
       /\ Trace[trace].values[p][recordedState[e.snapshot][p].events + 1] = e.states[p]
  /\ \A c \in DOMAIN e.contents :
       /\ recordedState[e.snapshot][to(c)] \notin {NotRecorded, Abandoned}
       /\ c \notin awaitingMarker[e.snapshot][to(c)]
       /\ recordedChannel[e.snapshot][c] = e.contents[c]

LOCAL Performs(e) ==
  \/ e.action = "Internal" /\ Internal(e.process)
  \/ e.action = "Send" /\ Send(e.channel)
  \/ e.action = "Receive" /\ Receive(e.channel) /\ state'[to(e.channel)] # Nowhere
  \/ /\ e.action = "RecordState"
     /\ e.process \in Trace[trace].initiators[e.snapshot]
     /\ RecordState(e.snapshot, e.process)
  \/ /\ e.action = "ReceiveMarker"
     /\ BringsMarker(e.channel) /\ Head(channel[e.channel]).marker = e.snapshot
     /\ e.records <=> recordedState[e.snapshot][to(e.channel)] = NotRecorded
     /\ ReceiveMarker(e.channel)
  \/ e.action = "Abandon" /\ Abandon(e.snapshot, e.process)
  \/ e.action = "Snapshot" /\ IsSnapshot(e) /\ UNCHANGED vars

LOCAL Begin ==
  /\ line = 0
  /\ state' = [p \in Process |-> [trace |-> trace, events |-> 0]]
  /\ channel' = [c \in Channel |->
       [i \in DOMAIN Trace[trace].initially[c] |-> Message(Trace[trace].initially[c][i])]]
  /\ UNCHANGED recording

LOCAL Perform == line \in DOMAIN Trace[trace].lines /\ Performs(Trace[trace].lines[line])

LoggedNext == (Begin \/ Perform) /\ line' = line + 1 /\ UNCHANGED trace
LoggedSpec == Init /\ line = 0 /\ trace \in DOMAIN Trace /\ [][LoggedNext]_loggedVars

(* Each line is a step that the specification allows. *)
LineIsAllowed == line \in DOMAIN Trace[trace].lines => ENABLED Perform
=============================================================================
