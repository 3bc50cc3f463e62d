----------------------------- MODULE Properties -----------------------------
(* What holds of the algorithm, under the names that Java and its tests use.*)
(*                                                                          *)
(* All of it holds where snapshots may be abandoned, too. Where they may    *)
(* not, nothing is Abandoned, and each property says what the paper says.   *)
(* Where they may, precisely this is left: TypeOK and AtMostOneMarker as    *)
(* they are; Consistent for each channel with two ends that have not given  *)
(* the snapshot up, so for every complete snapshot as it is; that the       *)
(* sender of a marker has recorded, though it may have given up since; that *)
(* what is recorded never changes, except by being given up, which a        *)
(* process that awaits no more markers does not do; and that a snapshot     *)
(* that nobody gives up completes.                                          *)
EXTENDS ChandyLamport, FiniteSets

CONSTANTS
  IsState(_, _), IsMessage(_, _),  \* (p, x), (c, m): the types of the underlying computation
  Sent(_, _), Received(_, _)       \* (c, x): the messages that from(c) has sent along c, that
                                   \* to(c) has received along c, when its state is x

Recorded(s, p) == recordedState[s][p] \notin {NotRecorded, Abandoned}
Closed(s, c) == Recorded(s, to(c)) /\ c \notin awaitingMarker[s][to(c)]
MarkersIn(s, c) == Cardinality({i \in DOMAIN channel[c] : channel[c][i] = Marker(s)})

Started(s) == \E p \in Process : Recorded(s, p)
Complete(s) == \A p \in Process : Recorded(s, p) /\ awaitingMarker[s][p] = {}
GivenUp(s) == \E p \in Process : recordedState[s][p] = Abandoned

TypeOK ==
  /\ \A p \in Process : IsState(p, state[p])
  /\ \A c \in Channel : \A i \in DOMAIN channel[c] :
       IF IsMarker(channel[c][i]) THEN channel[c][i] \in {Marker(s) : s \in SnapshotId}
                                  ELSE IsMessage(c, channel[c][i].message)
  /\ \A s \in SnapshotId, p \in Process :
       /\ Recorded(s, p) => IsState(p, recordedState[s][p])
       /\ awaitingMarker[s][p] \subseteq (IF Recorded(s, p) THEN Incoming(p) ELSE {})
  /\ \A s \in SnapshotId, c \in Channel :
       /\ \A i \in DOMAIN recordedChannel[s][c] : IsMessage(c, recordedChannel[s][c][i])
       /\ recordedChannel[s][c] # <<>> => Recorded(s, to(c))

(* In a channel, for a snapshot; none is left once the channel is closed. *)
AtMostOneMarker ==
  \A s \in SnapshotId, c \in Channel : MarkersIn(s, c) <= IF Closed(s, c) THEN 0 ELSE 1

(* A marker in c or received along c implies that from(c) has recorded, and *)
(* conversely. (Had, where from(c) gave the snapshot up afterwards.)        *)
MarkerFollowsRecording ==
  \A s \in SnapshotId, c \in Channel :
    LET sent == MarkersIn(s, c) > 0 \/ Closed(s, c)
    IN  /\ sent => recordedState[s][from(c)] # NotRecorded
        /\ Recorded(s, from(c)) => sent \/ recordedState[s][to(c)] = Abandoned

(* (Or from(c) had recorded, and gave the snapshot up afterwards.) *)
ClosedImpliesBothRecorded ==
  \A s \in SnapshotId, c \in Channel :
    Closed(s, c) => Recorded(s, to(c)) /\ recordedState[s][from(c)] # NotRecorded

(* A recorded state never changes, nor does that of a closed channel; they  *)
(* can only be given up, and only while their process awaits a marker.      *)
RecordedOnce ==
  [][\A s \in SnapshotId, p \in Process : Recorded(s, p) =>
       \/ /\ recordedState'[s][p] = recordedState[s][p]
          /\ \A c \in Incoming(p) : Closed(s, c) => /\ Closed(s, c)'
                                                    /\ UNCHANGED recordedChannel[s][c]
       \/ awaitingMarker[s][p] # {} /\ recordedState'[s][p] = Abandoned]_vars

(* What had been sent along c when from(c) recorded is what had been        *)
(* received when to(c) recorded, followed by the recorded state of c: these *)
(* messages, in this order, and no others. So no message is received before *)
(* the cut and sent after it.                                               *)
Consistent ==
  \A s \in SnapshotId, c \in Channel : Closed(s, c) /\ Recorded(s, from(c)) =>
    Sent(c, recordedState[s][from(c)])
      = Received(c, recordedState[s][to(c)]) \o recordedChannel[s][c]

(* Termination (section 3.3), under Fairness. *)
EventuallyRecorded ==
  \A s \in SnapshotId : Started(s) ~> Complete(s) \/ GivenUp(s)

----------------------------------------------------------------------------
(* Must be violated, or the above would say little: some complete snapshot  *)
(* has messages in its channels.                                            *)
ChannelsRecordedEmpty ==
  \A s \in SnapshotId : Complete(s) => \A c \in Channel : recordedChannel[s][c] = <<>>
=============================================================================
