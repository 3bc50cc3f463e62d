------------------------------ MODULE Watching ------------------------------
(* How a worker of the runtime that is busy is watched by one that is idle. *)
(* Before a step, which may never end, a worker lends the processes that    *)
(* wait behind it. While some worker sleeps, neither they nor a process     *)
(* that is shared may be left behind: somebody must be on the way. Beside   *)
(* it: Worker, Workers and RunQueue in package runtime. Without steps that  *)
(* never end, and with searching, Wakeup tells how a process is shared.     *)
(*                                                                          *)
(* A worker says that it is busy, and later, when it lends, looks for one   *)
(* that watches, or else for a parked one; at once where another one lends: *)
(* it may have been woken to watch. Who shares a process pushes it, and     *)
(* then looks for one that watches while another is busy, or else for a     *)
(* parked one. A worker says that it does not watch any more, and then that *)
(* it is parked, and then looks for a shared process, and for one that is   *)
(* busy while nobody watches. One that watches wakes up on its own.         *)
EXTENDS TotalStoreOrder

CONSTANTS Worker, Sharer   \* threads; each sharer shares one process

VARIABLES
  at,      \* at[t], the next step of thread t
  next,    \* next[t], where t goes on when it has looked whom to wake
  looked,  \* looked[t], the workers at which t has looked to wake one
  permit   \* permit[w], what LockSupport.unpark gives and LockSupport.park takes

vars == <<memory, buffer, at, next, looked, permit>>

(* The shared variables: whether there is a process that t has shared;      *)
(* whether w is idle (in Java they are counted), says that it is parked,    *)
(* and lends something; and whether somebody watches.                       *)
shared(t) == <<"shared", t>>
idle(w) == <<"idle", w>>
parked(w) == <<"parked", w>>
lent(w) == <<"lent", w>>
watched == <<"watched">>

Thread == Worker \cup Sharer

Init ==
  /\ memory = [x \in {shared(t) : t \in Sharer} \cup {idle(w) : w \in Worker}
                     \cup {parked(w) : w \in Worker} \cup {lent(w) : w \in Worker}
                     \cup {watched} |-> FALSE]
  /\ buffer = [t \in Thread |-> <<>>]
  /\ at = [t \in Thread |-> IF t \in Worker THEN "busy" ELSE "sharing"]
  /\ next = [t \in Thread |-> "done"]
  /\ looked = [t \in Thread |-> {}]
  /\ permit = [w \in Worker |-> FALSE]

Go(w, here, there) == at[w] = here /\ at' = [at EXCEPT ![w] = there]
HasShared(w) == \E t \in Sharer : Load(w, shared(t))
SomeBusy(w) == \E v \in Worker : ~Load(w, idle(v))
LackWatcher(w) == ~Load(w, watched) /\ SomeBusy(w)

(* Looks whom to wake, and goes on at a place. *)
GoWaking(w, here, there) ==
  /\ Go(w, here, "waking")
  /\ next' = [next EXCEPT ![w] = there]
  /\ looked' = [looked EXCEPT ![w] = {}]

----------------------------------------------------------------------------
(* The sharer t. *)

Share(t) ==
  /\ Go(t, "sharing", "fencing")
  /\ Store(t, shared(t), TRUE)
  /\ UNCHANGED <<next, looked, permit>>

Fence(t) ==
  /\ FullFence(t)  \* the sharer's
  /\ Go(t, "fencing", "leaving")
  /\ UNCHANGED <<memory, buffer, next, looked, permit>>

LeaveToWhoIsBusy(t) ==
  /\ Load(t, watched) /\ SomeBusy(t)
  /\ Go(t, "leaving", "done")
  /\ UNCHANGED <<memory, buffer, next, looked, permit>>

WakeForShared(t) ==
  /\ ~(Load(t, watched) /\ SomeBusy(t))
  /\ GoWaking(t, "leaving", "done")
  /\ UNCHANGED <<memory, buffer, permit>>

----------------------------------------------------------------------------
(* The busy worker w. *)

TakeShared(w) ==
  /\ HasShared(w)
  /\ Go(w, "busy", "busy")
  /\ FullFence(w)
  /\ memory' = [x \in DOMAIN memory |-> memory[x] /\ x[1] # "shared"]
  /\ UNCHANGED <<buffer, next, looked, permit>>

(* A turn of a process begins when nothing is shared, and may have several  *)
(* steps.                                                                   *)
GoFromTurn(w, there) ==
  \/ Go(w, "busy", there) /\ ~HasShared(w)
  \/ Go(w, "turn", there)

Lend(w) ==
  /\ GoFromTurn(w, "lending")
  /\ Store(w, lent(w), TRUE)
  /\ UNCHANGED <<next, looked, permit>>

(* Where nothing waits behind it. *)
StepWithoutLending(w) ==
  /\ GoFromTurn(w, "step")
  /\ UNCHANGED <<memory, buffer, next, looked, permit>>

StepAtOnce(w) ==
  /\ FullFence(w)  \* the lender's
  /\ Load(w, watched) \/ \A v \in Worker : ~Load(w, idle(v))
  /\ Go(w, "lending", "step")
  /\ UNCHANGED <<memory, buffer, next, looked, permit>>

WakeToWatch(w) ==
  /\ FullFence(w)
  /\ ~Load(w, watched) /\ \E v \in Worker : Load(w, idle(v))
  /\ GoWaking(w, "lending", "step")
  /\ UNCHANGED <<memory, buffer, permit>>

(* A step may end, and then what is lent is taken back if it was not stolen. *)
StepEnds(w) ==
  /\ Go(w, "step", "turn")
  /\ Atomic(w, lent(w), FALSE)
  /\ UNCHANGED <<next, looked, permit>>

TurnEnds(w) ==
  /\ Go(w, "turn", "busy")
  /\ UNCHANGED <<memory, buffer, next, looked, permit>>

Idle(w) ==
  /\ ~HasShared(w)
  /\ Go(w, "busy", "looking")
  /\ Atomic(w, idle(w), TRUE)
  /\ UNCHANGED <<next, looked, permit>>

----------------------------------------------------------------------------
(* The idle worker w. (That it becomes busy for no reason can only help.) *)

Busy(w) ==
  /\ Go(w, "looking", "entering")
  /\ Atomic(w, idle(w), FALSE)
  /\ UNCHANGED <<next, looked, permit>>

EnterAtOnce(w) ==
  /\ \/ \A v \in Worker : ~Load(w, lent(v))
     \/ Load(w, watched)
     \/ \A v \in Worker : ~Load(w, idle(v))
  /\ Go(w, "entering", "busy")
  /\ UNCHANGED <<memory, buffer, next, looked, permit>>

EnterAndWake(w) ==
  /\ \E v \in Worker : Load(w, lent(v))
  /\ ~Load(w, watched) /\ \E v \in Worker : Load(w, idle(v))
  /\ GoWaking(w, "entering", "busy")
  /\ UNCHANGED <<memory, buffer, permit>>

StartWatching(w) ==
  /\ LackWatcher(w)
  /\ ~memory[watched]
  /\ Go(w, "looking", "watching")
  /\ Atomic(w, watched, TRUE)
  /\ UNCHANGED <<next, looked, permit>>

Steal(w, v) ==
  /\ v # w /\ memory[lent(v)]
  /\ Go(w, "watching", "leaving")
  /\ Atomic(w, lent(v), FALSE)
  /\ UNCHANGED <<next, looked, permit>>

(* It may leave for a process that is shared, and does when all are idle. *)
Leave(w) ==
  /\ Go(w, "watching", "leaving")
  /\ UNCHANGED <<memory, buffer, next, looked, permit>>

StopWatching(w) ==
  /\ Go(w, "leaving", "looking")
  /\ Atomic(w, watched, FALSE)
  /\ UNCHANGED <<next, looked, permit>>

SayParked(w) ==
  /\ ~HasShared(w)
  /\ Go(w, "looking", "fencing")
  /\ Store(w, parked(w), TRUE)
  /\ UNCHANGED <<next, looked, permit>>

FenceParked(w) ==
  /\ FullFence(w)  \* the worker's
  /\ Go(w, "fencing", "parking")
  /\ UNCHANGED <<memory, buffer, next, looked, permit>>

Park(w) ==
  /\ Load(w, parked(w)) /\ ~HasShared(w) /\ ~LackWatcher(w)
  /\ Go(w, "parking", "parked")
  /\ UNCHANGED <<memory, buffer, next, looked, permit>>

Unpark(w) ==
  /\ permit[w]
  /\ Go(w, "parked", "parking")
  /\ permit' = [permit EXCEPT ![w] = FALSE]
  /\ UNCHANGED <<memory, buffer, next, looked>>

GoOn(w) ==
  /\ ~Load(w, parked(w)) \/ HasShared(w) \/ LackWatcher(w)
  /\ Go(w, "parking", "looking")
  /\ Store(w, parked(w), FALSE)
  /\ UNCHANGED <<next, looked, permit>>

----------------------------------------------------------------------------
(* Any thread t that looks for one that is parked. *)

Looked(t) ==
  /\ next' = [next EXCEPT ![t] = "done"]
  /\ looked' = [looked EXCEPT ![t] = {}]

Wake(t, w) ==
  /\ w \notin looked[t]
  /\ memory[parked(w)]
  /\ Go(t, "waking", next[t])
  /\ Looked(t)
  /\ Atomic(t, parked(w), FALSE)
  /\ permit' = [permit EXCEPT ![w] = TRUE]

PassBy(t, w) ==
  /\ w \notin looked[t]
  /\ ~Load(t, parked(w))
  /\ looked[t] \cup {w} # Worker
  /\ Go(t, "waking", "waking")
  /\ looked' = [looked EXCEPT ![t] = @ \cup {w}]
  /\ UNCHANGED <<memory, buffer, next, permit>>

PassByLast(t, w) ==
  /\ w \notin looked[t]
  /\ ~Load(t, parked(w))
  /\ looked[t] \cup {w} = Worker
  /\ Go(t, "waking", next[t])
  /\ Looked(t)
  /\ UNCHANGED <<memory, buffer, permit>>

ReachMemory(t) == Drain(t) /\ UNCHANGED <<at, next, looked, permit>>

Next ==
  \/ \E t \in Sharer : Share(t) \/ Fence(t) \/ LeaveToWhoIsBusy(t) \/ WakeForShared(t)
  \/ \E w \in Worker :
       \/ TakeShared(w) \/ StepWithoutLending(w) \/ Lend(w) \/ StepAtOnce(w) \/ WakeToWatch(w)
       \/ StepEnds(w) \/ TurnEnds(w) \/ Idle(w) \/ Busy(w) \/ EnterAtOnce(w) \/ EnterAndWake(w)
       \/ StartWatching(w) \/ Leave(w) \/ StopWatching(w)
       \/ SayParked(w) \/ FenceParked(w) \/ Park(w) \/ Unpark(w) \/ GoOn(w)
       \/ \E v \in Worker : Steal(w, v)
  \/ \E t \in Thread, w \in Worker : Wake(t, w) \/ PassBy(t, w) \/ PassByLast(t, w)
  \/ \E t \in Thread : ReachMemory(t)
Spec == Init /\ [][Next]_vars

----------------------------------------------------------------------------
(* Nobody is on the way, and one sleeps: the steps may never end.           *)
Asleep(w) == at[w] = "parked" /\ ~permit[w]
Still ==
  /\ \A t \in Sharer : at[t] \in {"sharing", "done"}
  /\ \A w \in Worker : at[w] = "step" \/ Asleep(w)
  /\ \E w \in Worker : Asleep(w)

NobodyHeldUp == Still => \A w \in Worker : ~Load(w, lent(w))
NobodyLeftBehind == Still => \A t \in Sharer : ~Load(t, shared(t))
=============================================================================
