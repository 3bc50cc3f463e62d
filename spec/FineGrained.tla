---------------------------- MODULE FineGrained ----------------------------
(* Closer to machines: a process that records its state sends the markers   *)
(* one channel at a time, while all others go on, and while it may itself   *)
(* receive. Only what it sends along a channel waits until the marker has   *)
(* been sent. This is the same algorithm: it refines ChandyLamport, in      *)
(* which a marker that is owed is in its channel already.                   *)
EXTENDS Counting

VARIABLE owed  \* owed[c], the ids whose markers from(c) has yet to send along c, next first

fineVars == <<vars, owed>>

FineSend(c) ==
  /\ owed[c] = <<>>
  /\ Send(c)
  /\ UNCHANGED owed

FineReceive(c) == Receive(c) /\ UNCHANGED owed

FineRecordState(s, p) ==
  /\ p \in Initiators(s)
  /\ recordedState[s][p] = NotRecorded
  /\ recordedState' = [recordedState EXCEPT ![s][p] = state[p]]
  /\ awaitingMarker' = [awaitingMarker EXCEPT ![s][p] = Incoming(p)]
  /\ owed' = [c \in Channel |-> IF c \in Outgoing(p) THEN Append(owed[c], s) ELSE owed[c]]
  /\ UNCHANGED <<state, channel, recordedChannel>>

SendMarker(c) ==
  /\ owed[c] # <<>>
  /\ channel' = [channel EXCEPT ![c] = Append(@, Marker(Head(owed[c])))]
  /\ owed' = [owed EXCEPT ![c] = Tail(@)]
  /\ UNCHANGED <<state, recording>>

FineReceiveMarker(c) ==
  /\ BringsMarker(c)
  /\ LET s == Head(channel[c]).marker
         p == to(c)
         new == recordedState[s][p] = NotRecorded
         open == IF new THEN Incoming(p) ELSE awaitingMarker[s][p]
     IN  /\ recordedState' = [recordedState EXCEPT ![s][p] = IF new THEN state[p] ELSE @]
         /\ awaitingMarker' = [awaitingMarker EXCEPT ![s][p] = open \ {c}]
         /\ owed' = [d \in Channel |->
              IF new /\ d \in Outgoing(p) THEN Append(owed[d], s) ELSE owed[d]]
  /\ channel' = [channel EXCEPT ![c] = Tail(@)]
  /\ UNCHANGED <<state, recordedChannel>>

FineInit == Init /\ owed = [c \in Channel |-> <<>>]
FineNext ==
  \/ \E c \in Channel :
       FineSend(c) \/ FineReceive(c) \/ SendMarker(c) \/ FineReceiveMarker(c)
  \/ \E s \in SnapshotId, p \in Process : FineRecordState(s, p)
FineSpec == FineInit /\ [][FineNext]_fineVars
FineFairSpec == FineSpec /\ \A c \in Channel :
  WF_fineVars(FineReceive(c) \/ FineReceiveMarker(c)) /\ WF_fineVars(SendMarker(c))

LOCAL Coarse == INSTANCE ChandyLamport WITH
  channel <- [c \in Channel |-> channel[c] \o [i \in DOMAIN owed[c] |-> Marker(owed[c][i])]]
RefinesChandyLamport == Coarse!Spec
=============================================================================
