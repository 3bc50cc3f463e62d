------------------------------- MODULE Wakeup -------------------------------
(* How a worker of the runtime with nothing to do goes to sleep, and how    *)
(* whoever shares a process wakes one. No process may be left behind while  *)
(* all workers sleep. Beside it: Worker and Workers in package runtime.     *)
(*                                                                          *)
(* A worker stops searching, says that it is parked, and then looks for a   *)
(* shared process; who shares a process pushes it, and then looks for a     *)
(* worker that searches, or else for a parked one: the same handshake as in *)
(* HandOver, with a full fence on either side.                              *)
(* In Java the push is a compare-and-set, which on this memory is a fence   *)
(* of its own. Here it is a plain store, so that the model asks for no more *)
(* than the fence that the source states.                                   *)
EXTENDS TotalStoreOrder

CONSTANTS Worker, Sharer   \* threads; each sharer shares one process

VARIABLES
  at,      \* at[t], the next step of thread t
  looked,  \* looked[t], the workers at which the sharer t has looked
  permit   \* permit[w], what LockSupport.unpark gives and LockSupport.park takes

vars == <<memory, buffer, at, looked, permit>>

(* The shared variables: whether there is a process that t has shared,      *)
(* whether w says that it searches, and that it is parked. In Java those    *)
(* that search are counted.                                                 *)
shared(t) == <<"shared", t>>
searching(w) == <<"searching", w>>
parked(w) == <<"parked", w>>

Init ==
  /\ memory = [x \in {shared(t) : t \in Sharer} \cup {parked(w) : w \in Worker}
                     \cup {searching(w) : w \in Worker} |-> FALSE]
  /\ buffer = [t \in Worker \cup Sharer |-> <<>>]
  /\ at = [t \in Worker \cup Sharer |-> IF t \in Worker THEN "running" ELSE "sharing"]
  /\ looked = [t \in Sharer |-> {}]
  /\ permit = [w \in Worker |-> FALSE]

Go(t, here, there) == at[t] = here /\ at' = [at EXCEPT ![t] = there]
HasShared(w) == \E t \in Sharer : Load(w, shared(t))

----------------------------------------------------------------------------
(* The sharer t. *)

Share(t) ==
  /\ Go(t, "sharing", "fencing")
  /\ Store(t, shared(t), TRUE)
  /\ UNCHANGED <<looked, permit>>

Fence(t) ==
  /\ FullFence(t)  \* the sharer's
  /\ Go(t, "fencing", "leaving")
  /\ UNCHANGED <<memory, buffer, looked, permit>>

(* A worker that searches will look again before it parks. *)
Leave(t) ==
  /\ Go(t, "leaving", IF \E w \in Worker : Load(t, searching(w)) THEN "done" ELSE "waking")
  /\ UNCHANGED <<memory, buffer, looked, permit>>

Wake(t, w) ==
  /\ w \notin looked[t]
  /\ Load(t, parked(w))
  /\ Go(t, "waking", "done")
  /\ Atomic(t, parked(w), FALSE)
  /\ permit' = [permit EXCEPT ![w] = TRUE]
  /\ UNCHANGED looked

PassBy(t, w) ==
  /\ w \notin looked[t]
  /\ ~Load(t, parked(w))
  /\ looked' = [looked EXCEPT ![t] = @ \cup {w}]
  /\ Go(t, "waking", IF looked'[t] = Worker THEN "done" ELSE "waking")
  /\ UNCHANGED <<memory, buffer, permit>>

----------------------------------------------------------------------------
(* The worker w. *)

TakeShared(w) ==
  /\ HasShared(w)
  /\ Go(w, "running", "running")
  /\ FullFence(w)
  /\ memory' = [x \in DOMAIN memory |-> memory[x] /\ x[1] # "shared"]
  /\ UNCHANGED <<buffer, looked, permit>>

StartSearching(w) ==
  /\ Go(w, "running", "searching")
  /\ Atomic(w, searching(w), TRUE)
  /\ UNCHANGED <<looked, permit>>

StopSearching(w) ==
  /\ Go(w, "searching", "stopped")
  /\ Atomic(w, searching(w), FALSE)
  /\ UNCHANGED <<looked, permit>>

Found(w) ==
  /\ HasShared(w)
  /\ Go(w, "stopped", "running")
  /\ UNCHANGED <<memory, buffer, looked, permit>>

SayParked(w) ==
  /\ ~HasShared(w)
  /\ Go(w, "stopped", "fencing")
  /\ Store(w, parked(w), TRUE)
  /\ UNCHANGED <<looked, permit>>

FenceParked(w) ==
  /\ FullFence(w)  \* the worker's
  /\ Go(w, "fencing", "parking")
  /\ UNCHANGED <<memory, buffer, looked, permit>>

(* While it is parked and nothing is shared ... *)
Park(w) ==
  /\ Load(w, parked(w)) /\ ~HasShared(w)
  /\ Go(w, "parking", "parked")
  /\ UNCHANGED <<memory, buffer, looked, permit>>

(* (That park may also return for no reason can only help.) *)
Unpark(w) ==
  /\ permit[w]
  /\ Go(w, "parked", "parking")
  /\ permit' = [permit EXCEPT ![w] = FALSE]
  /\ UNCHANGED <<memory, buffer, looked>>

(* ... and otherwise it goes on. *)
GoOn(w) ==
  /\ ~Load(w, parked(w)) \/ HasShared(w)
  /\ Go(w, "parking", "running")
  /\ Store(w, parked(w), FALSE)
  /\ UNCHANGED <<looked, permit>>

----------------------------------------------------------------------------
ReachMemory(t) == Drain(t) /\ UNCHANGED <<at, looked, permit>>

Next ==
  \/ \E t \in Sharer : Share(t) \/ Fence(t) \/ Leave(t)
  \/ \E t \in Sharer, w \in Worker : Wake(t, w) \/ PassBy(t, w)
  \/ \E w \in Worker : TakeShared(w) \/ StartSearching(w) \/ StopSearching(w)
                         \/ Found(w) \/ SayParked(w) \/ FenceParked(w) \/ Park(w)
                         \/ Unpark(w) \/ GoOn(w)
  \/ \E t \in Worker \cup Sharer : ReachMemory(t)
Spec == Init /\ [][Next]_vars

NobodyLeftBehind ==
  LET asleep == /\ \A t \in Sharer : at[t] = "done"
                /\ \A w \in Worker : at[w] = "parked" /\ ~permit[w]
  IN  asleep => \A t \in Sharer : ~memory[shared(t)]
=============================================================================
