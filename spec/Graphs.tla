------------------------------- MODULE Graphs -------------------------------
(* The graphs of the models, and who initiates snapshots in them.           *)
LOCAL INSTANCE TLC

CONSTANTS
  Graph,       \* the name of one of the graphs below
  Initiating   \* the processes that may initiate a snapshot, the same for every id

LOCAL Ends == CASE
     Graph = "2-ring" ->
       "p->q" :> <<"p", "q">> @@ "q->p" :> <<"q", "p">>
  [] Graph = "3-ring" ->
       "p->q" :> <<"p", "q">> @@ "q->r" :> <<"q", "r">> @@ "r->p" :> <<"r", "p">>
  [] Graph = "4-ring" ->
       "p->q" :> <<"p", "q">> @@ "q->r" :> <<"q", "r">> @@ "r->t" :> <<"r", "t">>
       @@ "t->p" :> <<"t", "p">>
  [] Graph = "3-complete" ->
       "p->q" :> <<"p", "q">> @@ "q->p" :> <<"q", "p">> @@ "p->r" :> <<"p", "r">>
       @@ "r->p" :> <<"r", "p">> @@ "q->r" :> <<"q", "r">> @@ "r->q" :> <<"r", "q">>
  [] Graph = "multigraph" ->  \* a channel from p to itself, and two from p to q
       "p->p" :> <<"p", "p">> @@ "p->q" :> <<"p", "q">> @@ "p->q#2" :> <<"p", "q">>
       @@ "q->p" :> <<"q", "p">>
  [] Graph = "acyclic" ->     \* nothing leads to p, and nothing leads away from r
       "p->q" :> <<"p", "q">> @@ "p->r" :> <<"p", "r">> @@ "q->r" :> <<"q", "r">>

GraphChannel == DOMAIN Ends
GraphFrom(c) == Ends[c][1]
GraphTo(c) == Ends[c][2]
GraphProcess == {GraphFrom(c) : c \in GraphChannel} \cup {GraphTo(c) : c \in GraphChannel}
GraphInitiators(s) == Initiating
=============================================================================
