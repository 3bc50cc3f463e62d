------------------------------ MODULE HandOver ------------------------------
(* How the runtime runs a process: by whom, and how the senders of its      *)
(* incoming channels and the thread that runs it tell each other what there *)
(* is to do. Nothing that was sent may be forgotten, and no two threads may *)
(* run the process at once. Beside it: ChannelQueue, Inbox, LocalProcess in *)
(* package runtime.                                                         *)
(*                                                                          *)
(* A sender offers an element to its channel, and then reads signalled; the *)
(* receiver clears signalled, and then polls again. Each stores and then    *)
(* loads what the other stores: both need a full fence in between, or both  *)
(* may find nothing to do (Dekker). Whoever sets signalled puts the channel *)
(* forward: the sender into the inbox, the receiver into its own hands.     *)
EXTENDS TotalStoreOrder

CONSTANTS
  Channel,   \* the incoming channels of the process; each is its sender's thread as well
  Worker,    \* the threads that may run the process
  Elements   \* how many elements each sender sends

VARIABLES
  at,        \* at[t], the next step of thread t
  owed,      \* the channels that their senders have yet to announce after a fence
  runnable,  \* how often the process is in some worker's list of processes to run
  (* What follows is confined to the thread that runs the process.          *)
  received,  \* received[c], how many elements have been polled
  ready,     \* the channels that it has in its hands
  current    \* the one that it is polling

vars == <<memory, buffer, at, owed, runnable, received, ready, current>>
process == <<received, ready, current>>

(* The shared variables. A queue is shown by how many elements were offered.*)
sent(c) == <<"sent", c>>
signalled(c) == <<"signalled", c>>
inbox == <<"inbox", "">>        \* its head: Idle, or the channels pushed, last first
Idle == <<"IDLE">>

Init ==
  /\ memory = [x \in {inbox} \cup UNION {{sent(c), signalled(c)} : c \in Channel} |->
       CASE x[1] = "sent" -> 0 [] x[1] = "signalled" -> FALSE [] x[1] = "inbox" -> Idle]
  /\ buffer = [t \in Channel \cup Worker |-> <<>>]
  /\ at = [t \in Channel \cup Worker |-> IF t \in Channel THEN "computing" ELSE "resting"]
  /\ owed = {}
  /\ runnable = 0
  /\ received = [c \in Channel |-> 0]
  /\ ready = {}
  /\ current = ""

Go(t, here, there) == at[t] = here /\ at' = [at EXCEPT ![t] = there]
Choose(t, here, test, yes, no) == Go(t, here, IF test THEN yes ELSE no)

----------------------------------------------------------------------------
(* The sender of c. *)

Offer(c) ==
  /\ Load(c, sent(c)) < Elements
  /\ Go(c, "computing", "looking")
  /\ Store(c, sent(c), Load(c, sent(c)) + 1)
  /\ UNCHANGED <<owed, runnable, process>>

(* Without a fence, to be early; if the flag is up it must look again. *)
Look(c) ==
  /\ Choose(c, "looking", Load(c, signalled(c)), "computing", "signalling")
  /\ owed' = IF Load(c, signalled(c)) THEN owed \cup {c} ELSE owed
  /\ UNCHANGED <<memory, buffer, runnable, process>>

(* At the latest when its own process stops running; once for many offers. *)
Announce(c) ==
  /\ c \in owed
  /\ FullFence(c)  \* the sender's
  /\ Choose(c, "computing", Load(c, signalled(c)), "computing", "signalling")
  /\ owed' = owed \ {c}
  /\ UNCHANGED <<memory, buffer, runnable, process>>

Signal(c) ==
  /\ Choose(c, "signalling", memory[signalled(c)], "computing", "pushing")
  /\ Atomic(c, signalled(c), TRUE)
  /\ UNCHANGED <<owed, runnable, process>>

(* Who pushes on an idle inbox makes the process runnable. *)
Push(c) ==
  /\ Go(c, "pushing", "computing")
  /\ Atomic(c, inbox, IF memory[inbox] = Idle THEN <<c>> ELSE <<c>> \o memory[inbox])
  /\ runnable' = IF memory[inbox] = Idle THEN runnable + 1 ELSE runnable
  /\ UNCHANGED <<owed, process>>

----------------------------------------------------------------------------
(* The worker w, which runs the process while it is not resting. *)

Run(w) ==
  /\ runnable > 0
  /\ Go(w, "resting", "taking")
  /\ runnable' = runnable - 1
  /\ UNCHANGED <<memory, buffer, owed, process>>

TakeAll(w) ==
  /\ Go(w, "taking", "choosing")
  /\ Atomic(w, inbox, <<>>)
  /\ ready' = ready \cup {memory[inbox][i] : i \in DOMAIN memory[inbox]}
  /\ UNCHANGED <<owed, runnable, received, current>>

ChooseChannel(w) ==
  /\ Choose(w, "choosing", ready = {}, "leaving", "polling")
  /\ current' \in IF ready = {} THEN {""} ELSE ready
  /\ UNCHANGED <<memory, buffer, owed, runnable, received, ready>>

IsEmpty(w) == Load(w, sent(current)) = received[current]

Poll(w) ==
  /\ Choose(w, "polling", IsEmpty(w), "clearing", "polling")
  /\ received' = [received EXCEPT ![current] = IF IsEmpty(w) THEN @ ELSE @ + 1]
  /\ UNCHANGED <<memory, buffer, owed, runnable, ready, current>>

Clear(w) ==
  /\ Go(w, "clearing", "polling again")
  /\ Store(w, signalled(current), FALSE)
  /\ UNCHANGED <<owed, runnable, process>>

PollAgain(w) ==
  /\ FullFence(w)  \* the receiver's
  /\ Choose(w, "polling again", IsEmpty(w), "taking", "keeping")
  /\ ready' = IF IsEmpty(w) THEN ready \ {current} ELSE ready
  /\ UNCHANGED <<memory, buffer, owed, runnable, received, current>>

(* If it is not the first to see the element, the sender has pushed c. *)
Keep(w) ==
  /\ Go(w, "keeping", "taking")
  /\ Atomic(w, signalled(current), TRUE)
  /\ ready' = IF memory[signalled(current)] THEN ready \ {current} ELSE ready
  /\ UNCHANGED <<owed, runnable, received, current>>

(* It gives the process up if nothing was pushed meanwhile. *)
GoIdle(w) ==
  /\ Choose(w, "leaving", memory[inbox] = <<>>, "resting", "taking")
  /\ Atomic(w, inbox, IF memory[inbox] = <<>> THEN Idle ELSE memory[inbox])
  /\ UNCHANGED <<owed, runnable, process>>

----------------------------------------------------------------------------
ReachMemory(t) == Drain(t) /\ UNCHANGED <<at, owed, runnable, process>>

Next ==
  \/ \E c \in Channel : Offer(c) \/ Look(c) \/ Announce(c) \/ Signal(c) \/ Push(c)
  \/ \E w \in Worker : Run(w) \/ TakeAll(w) \/ ChooseChannel(w) \/ Poll(w) \/ Clear(w)
                         \/ PollAgain(w) \/ Keep(w) \/ GoIdle(w)
  \/ \E t \in Channel \cup Worker : ReachMemory(t)
Spec == Init /\ [][Next]_vars

OneThreadAtATime == runnable + Cardinality({w \in Worker : at[w] # "resting"}) <= 1

(* Once all is quiet, everything that was sent has been received. *)
NothingForgotten ==
  LET quiet == /\ runnable = 0 /\ owed = {}
               /\ \A t \in Channel \cup Worker : buffer[t] = <<>>
               /\ \A w \in Worker : at[w] = "resting"
               /\ \A c \in Channel : at[c] = "computing"
  IN  quiet => \A c \in Channel : memory[sent(c)] = received[c]
=============================================================================
