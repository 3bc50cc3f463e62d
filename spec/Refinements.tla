----------------------------- MODULE Refinements -----------------------------
(* Two ways to look at the algorithm and see the bare computation.          *)
EXTENDS Properties

LOCAL Bare(contents) ==
  LET messages == SelectSeq(contents, LAMBDA x : ~IsMarker(x))
  IN  [i \in DOMAIN messages |-> messages[i].message]

(* With the markers erased, what is left is a behavior of the underlying    *)
(* computation: the algorithm does not alter it (the paper, section 1).     *)
LOCAL Erased == INSTANCE Underlying WITH channel <- [c \in Channel |-> Bare(channel[c])]
UnderlyingUnaltered == Erased!Spec

(* A world in which only the prerecording events of a snapshot happen: each *)
(* process stops when it records its state. It starts in the initial state  *)
(* and moves as the underlying computation does; and when the snapshot is   *)
(* complete, it is S*. So S* can be reached from the initial state: the     *)
(* first half of Theorem 1 (section 4), for any number of steps and without *)
(* a history. Ids are interchangeable, any one will do.                     *)
Observed == CHOOSE s \in SnapshotId : TRUE
LOCAL WorldState == [p \in Process |->
  IF Recorded(Observed, p) THEN recordedState[Observed][p] ELSE state[p]]
LOCAL WorldChannel == [c \in Channel |->
  LET sent == Sent(c, WorldState[from(c)])
      received == Received(c, WorldState[to(c)])
  IN  SubSeq(sent, Len(received) + 1, Len(sent))]

LOCAL World == INSTANCE Underlying WITH state <- WorldState, channel <- WorldChannel
PrerecordingWorld == World!Spec

PrerecordingWorldIsRecorded ==
  Complete(Observed) => /\ WorldState = recordedState[Observed]
                        /\ WorldChannel = recordedChannel[Observed]
=============================================================================
