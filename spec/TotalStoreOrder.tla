--------------------------- MODULE TotalStoreOrder ---------------------------
(* Shared memory under total store order, which is what x86 has: what a     *)
(* thread stores waits in a buffer of its own, oldest first, until it       *)
(* reaches memory. The thread itself loads what it has stored; others do    *)
(* not see it yet. So a load may overtake an earlier store: the one         *)
(* reordering that a full fence is for, and release and acquire are not.    *)
EXTENDS Naturals, Sequences, FiniteSets

VARIABLES
  memory,   \* memory[x], the value of the shared variable x
  buffer    \* buffer[t], the stores <<x, value>> of thread t that are not in memory yet

Load(t, x) ==
  LET own == SelectSeq(buffer[t], LAMBDA store : store[1] = x)
  IN  IF own = <<>> THEN memory[x] ELSE own[Len(own)][2]

Store(t, x, value) ==
  /\ buffer' = [buffer EXCEPT ![t] = Append(@, <<x, value>>)]
  /\ UNCHANGED memory

(* A full fence waits until the buffer is empty. *)
FullFence(t) == buffer[t] = <<>>

(* An atomic read-modify-write, such as a compare-and-set that succeeds, is *)
(* a full fence, too, and acts on memory.                                   *)
Atomic(t, x, value) ==
  /\ FullFence(t)
  /\ memory' = [memory EXCEPT ![x] = value]
  /\ UNCHANGED buffer

(* The oldest store of a thread reaches memory: at any time, on its own. *)
Drain(t) ==
  /\ buffer[t] # <<>>
  /\ LET store == Head(buffer[t]) IN memory' = [memory EXCEPT ![store[1]] = store[2]]
  /\ buffer' = [buffer EXCEPT ![t] = Tail(@)]
=============================================================================
