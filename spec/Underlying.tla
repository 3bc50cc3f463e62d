----------------------------- MODULE Underlying -----------------------------
(* The underlying computation alone: no marker, no snapshot (the paper,     *)
(* section 2). Its constants are explained in ChandyLamport.                *)
EXTENDS Sequences

CONSTANTS
  Process, Channel, from(_), to(_),
  InitialState(_), InitialMessages(_), Internals(_, _), Sends(_, _), AfterReceive(_, _, _)

VARIABLES state, channel   \* the paper's global state S; messages only, and bare

Init ==
  /\ state = [p \in Process |-> InitialState(p)]
  /\ channel = [c \in Channel |-> InitialMessages(c)]

Internal(p) ==
  /\ \E x \in Internals(p, state[p]) : state' = [state EXCEPT ![p] = x]
  /\ UNCHANGED channel

Send(c) ==
  \E e \in Sends(c, state[from(c)]) :
    /\ state' = [state EXCEPT ![from(c)] = e.after]
    /\ channel' = [channel EXCEPT ![c] = Append(@, e.message)]

Receive(c) ==
  /\ channel[c] # <<>>
  /\ state' = [state EXCEPT ![to(c)] = AfterReceive(c, Head(channel[c]), @)]
  /\ channel' = [channel EXCEPT ![c] = Tail(@)]

Next ==
  \/ \E p \in Process : Internal(p)
  \/ \E c \in Channel : Send(c) \/ Receive(c)

Spec == Init /\ [][Next]_<<state, channel>>
=============================================================================
