; The algorithm of spec/ChandyLamport.tla as first-order formulas, for any number of processes,
; channels, messages and snapshots. Same names, same order. This file defines the model, the
; algorithm and its invariants; Lemmas.smt2, what follows from them. README.md says how to read
; both. Nothing is asserted here but what is assumed, so nothing is proved by running it: the tests
; pair each invariant with each action.
(set-logic UF)

; ------------------------------------------------------------------------------------------------
; The model (the paper, section 2).

(declare-sort Process 0)
(declare-sort Channel 0)
(declare-sort Message 0)   ; one occurrence, sent along one channel at most once
(declare-sort Snapshot 0)
(declare-sort State 0)     ; of a process, in the underlying computation
(declare-sort Moment 0)    ; between two events: each variable below has a value at each moment

(declare-fun from (Channel) Process)   ; any directed multigraph, self channels included
(declare-fun to (Channel) Process)
(declare-fun along (Message) Channel)
(define-fun sender ((m Message)) Process (from (along m)))
(define-fun receiver ((m Message)) Process (to (along m)))

; The messages of a channel are numbered in the order in which they are sent along it.
(declare-fun precedes (Message Message) Bool)
(assert (forall ((m Message) (n Message)) (=> (precedes m n) (= (along m) (along n)))))
(assert (forall ((m Message)) (not (precedes m m))))
(assert (forall ((l Message) (m Message) (n Message))
  (=> (precedes l m) (precedes m n) (precedes l n))))
(assert (forall ((m Message) (n Message))
  (=> (= (along m) (along n)) (or (= m n) (precedes m n) (precedes n m)))))

; The underlying computation: as in the specification, but for relations in the place of sets.
(declare-fun InitialState (Process) State)
(declare-fun InitialMessages (Message) Bool)          ; m is in its channel at the beginning
(declare-fun Internals (Process State State) Bool)    ; p may go from x to y by an internal event
(declare-fun Sends (Message State State) Bool)        ; from x to y by sending m
(declare-fun AfterReceive (Message State State) Bool) ; from x to y by receiving m
(declare-fun IsState (Process State) Bool)
(declare-fun Sent (Message State) Bool)     ; its sender, in this state, has sent m
(declare-fun Received (Message State) Bool) ; its receiver, in this state, has received m

(assert (forall ((p Process)) (IsState p (InitialState p))))
(assert (forall ((m Message)) (= (Sent m (InitialState (sender m))) (InitialMessages m))))
(assert (forall ((m Message)) (not (Received m (InitialState (receiver m))))))
(assert (forall ((p Process) (x State) (y State)) (=> (Internals p x y) (IsState p y))))
(assert (forall ((p Process) (x State) (y State) (n Message)) (=> (Internals p x y)
  (and (= (Sent n y) (Sent n x)) (= (Received n y) (Received n x))))))
(assert (forall ((m Message) (x State) (y State)) (=> (Sends m x y) (IsState (sender m) y))))
(assert (forall ((m Message) (x State) (y State) (n Message)) (=> (Sends m x y)
  (and (= (Sent n y) (or (Sent n x) (= n m))) (= (Received n y) (Received n x))))))
(assert (forall ((m Message) (x State) (y State))
  (=> (AfterReceive m x y) (IsState (receiver m) y))))
(assert (forall ((m Message) (x State) (y State) (n Message)) (=> (AfterReceive m x y)
  (and (= (Sent n y) (Sent n x)) (= (Received n y) (or (Received n x) (= n m)))))))

(declare-fun Initiators (Snapshot Process) Bool)
(declare-const MayAbandon Bool)
(declare-const NotRecorded State)   ; stand where p has no recorded state: not yet, not ever
(declare-const Abandoned State)
(assert (distinct NotRecorded Abandoned))
(assert (forall ((p Process)) (not (or (IsState p NotRecorded) (IsState p Abandoned)))))

; ------------------------------------------------------------------------------------------------
; The variables. What is in a channel: the messages sent along it and not received, in order, and
; markers, of which it suffices to say what is ahead of them.

(declare-fun state (Moment Process) State)
(declare-fun marker (Moment Snapshot Channel) Bool)                ; Marker(s) is in c,
(declare-fun ahead (Moment Message Snapshot) Bool)                 ; with m ahead of it,
(declare-fun markerAhead (Moment Snapshot Snapshot Channel) Bool)  ; with that of r ahead of it
(declare-fun recordedState (Moment Snapshot Process) State)
(declare-fun recordedChannel (Moment Snapshot Message) Bool)       ; m is in that of its channel
(declare-fun awaitingMarker (Moment Snapshot Channel) Bool)        ; c is in that of to(c)

(define-fun sent ((t Moment) (m Message)) Bool (Sent m (state t (sender m))))
(define-fun received ((t Moment) (m Message)) Bool (Received m (state t (receiver m))))
(define-fun inChannel ((t Moment) (m Message)) Bool (and (sent t m) (not (received t m))))

(define-fun Recorded ((t Moment) (s Snapshot) (p Process)) Bool
  (not (or (= (recordedState t s p) NotRecorded) (= (recordedState t s p) Abandoned))))
(define-fun Closed ((t Moment) (s Snapshot) (c Channel)) Bool
  (and (Recorded t s (to c)) (not (awaitingMarker t s c))))

(define-fun Init ((t Moment)) Bool (and
  (forall ((p Process)) (= (state t p) (InitialState p)))
  (forall ((s Snapshot) (c Channel)) (not (marker t s c)))
  (forall ((m Message) (s Snapshot)) (not (ahead t m s)))
  (forall ((r Snapshot) (s Snapshot) (c Channel)) (not (markerAhead t r s c)))
  (forall ((s Snapshot) (p Process)) (= (recordedState t s p) NotRecorded))
  (forall ((s Snapshot) (m Message)) (not (recordedChannel t s m)))
  (forall ((s Snapshot) (c Channel)) (not (awaitingMarker t s c)))))

; ------------------------------------------------------------------------------------------------
; The events, each from a moment t to a moment u. What TLA+ finds with \E and LET is an argument:
; the state x after an event of the underlying computation, its message m, the snapshot s of a
; marker.

(define-fun SameState ((t Moment) (u Moment)) Bool
  (forall ((p Process)) (= (state u p) (state t p))))
(define-fun SameMarkers ((t Moment) (u Moment)) Bool (and
  (forall ((s Snapshot) (c Channel)) (= (marker u s c) (marker t s c)))
  (forall ((r Snapshot) (s Snapshot) (c Channel))
    (= (markerAhead u r s c) (markerAhead t r s c)))))
(define-fun SameAhead ((t Moment) (u Moment)) Bool
  (forall ((m Message) (s Snapshot)) (= (ahead u m s) (ahead t m s))))
(define-fun SameRecordedState ((t Moment) (u Moment)) Bool
  (forall ((s Snapshot) (p Process)) (= (recordedState u s p) (recordedState t s p))))
(define-fun SameRecordedChannel ((t Moment) (u Moment)) Bool
  (forall ((s Snapshot) (m Message)) (= (recordedChannel u s m) (recordedChannel t s m))))
(define-fun SameAwaitingMarker ((t Moment) (u Moment)) Bool
  (forall ((s Snapshot) (c Channel)) (= (awaitingMarker u s c) (awaitingMarker t s c))))
(define-fun SameRecording ((t Moment) (u Moment)) Bool
  (and (SameRecordedState t u) (SameRecordedChannel t u) (SameAwaitingMarker t u)))

; The underlying computation alone: spec/Underlying.tla.
(define-fun OnlyMoves ((t Moment) (u Moment) (p Process) (x State)) Bool
  (forall ((q Process)) (= (state u q) (ite (= q p) x (state t q)))))
(define-fun UnderlyingInternal ((t Moment) (u Moment) (p Process) (x State)) Bool
  (and (Internals p (state t p) x) (OnlyMoves t u p x)))
(define-fun UnderlyingSend ((t Moment) (u Moment) (m Message) (x State)) Bool (and
  (Sends m (state t (sender m)) x)
  (forall ((n Message)) (=> (sent t n) (= (along n) (along m)) (precedes n m)))
  (OnlyMoves t u (sender m) x)))
(define-fun UnderlyingReceive ((t Moment) (u Moment) (m Message) (x State)) Bool (and
  (inChannel t m)
  (forall ((n Message)) (=> (precedes n m) (not (inChannel t n))))
  (AfterReceive m (state t (receiver m)) x)
  (OnlyMoves t u (receiver m) x)))

; Environment: the underlying computation, observed.

(define-fun Internal ((t Moment) (u Moment) (p Process) (x State)) Bool (and
  (UnderlyingInternal t u p x)
  (SameMarkers t u) (SameAhead t u) (SameRecording t u)))

(define-fun Send ((t Moment) (u Moment) (m Message) (x State)) Bool (and
  (UnderlyingSend t u m x)
  (SameAhead t u)  ; m is behind all markers
  (SameMarkers t u) (SameRecording t u)))

(define-fun Receive ((t Moment) (u Moment) (m Message) (x State)) Bool (and
  (UnderlyingReceive t u m x)
  (forall ((s Snapshot)) (=> (marker t s (along m)) (ahead t m s)))
  (forall ((s Snapshot) (n Message)) (= (recordedChannel u s n)
    (or (recordedChannel t s n) (and (= n m) (awaitingMarker t s (along m))))))
  (forall ((n Message) (s Snapshot)) (= (ahead u n s)
    (and (ahead t n s) (distinct n m))))
  (SameMarkers t u) (SameRecordedState t u) (SameAwaitingMarker t u)))

(define-fun Environment ((t Moment) (u Moment)) Bool (or
  (exists ((p Process) (x State)) (Internal t u p x))
  (exists ((m Message) (x State)) (Send t u m x))
  (exists ((m Message) (x State)) (Receive t u m x))))

; System: the algorithm (the paper, section 3).

; If it is new to p, p records its state for s.
(define-fun Records ((t Moment) (u Moment) (s Snapshot) (p Process) (new Bool)) Bool
  (forall ((r Snapshot) (q Process)) (= (recordedState u r q)
    (ite (and (= r s) (= q p) new) (state t p) (recordedState t r q)))))

; The Marker-Sending Rule.
(define-fun RecordState ((t Moment) (u Moment) (s Snapshot) (p Process)) Bool (and
  (Initiators s p)
  (= (recordedState t s p) NotRecorded)
  (Records t u s p true)
  (forall ((r Snapshot) (c Channel)) (= (awaitingMarker u r c)
    (or (awaitingMarker t r c) (and (= r s) (= (to c) p)))))
  (forall ((r Snapshot) (c Channel)) (= (marker u r c)
    (or (marker t r c) (and (= r s) (= (from c) p)))))
  (forall ((m Message) (r Snapshot)) (= (ahead u m r)
    (or (ahead t m r) (and (= r s) (= (sender m) p) (inChannel t m)))))
  (forall ((q Snapshot) (r Snapshot) (c Channel)) (= (markerAhead u q r c)
    (or (markerAhead t q r c) (and (= r s) (= (from c) p) (marker t q c)))))
  (SameState t u) (SameRecordedChannel t u)))

; The Marker-Receiving Rule: both branches.
(define-fun ReceiveMarker ((t Moment) (u Moment) (s Snapshot) (c Channel)) Bool
 (let ((p (to c)) (new (= (recordedState t s (to c)) NotRecorded))) (and
  (marker t s c)
  (forall ((m Message)) (=> (= (along m) c) (not (ahead t m s))))
  (forall ((r Snapshot)) (not (markerAhead t r s c)))
  (Records t u s p new)
  (forall ((r Snapshot) (d Channel)) (= (awaitingMarker u r d)
    (and (or (awaitingMarker t r d) (and (= r s) (= (to d) p) new))
         (not (and (= r s) (= d c))))))
  (forall ((r Snapshot) (d Channel)) (= (marker u r d)
    (or (and (marker t r d) (not (and (= r s) (= d c))))
        (and (= r s) (= (from d) p) new))))
  (forall ((m Message) (r Snapshot)) (= (ahead u m r)
    (or (ahead t m r) (and (= r s) (= (sender m) p) (inChannel t m) new))))
  (forall ((q Snapshot) (r Snapshot) (d Channel)) (= (markerAhead u q r d)
    (and (or (markerAhead t q r d) (and (= r s) (= (from d) p) (marker t q d) new))
         (not (and (= q s) (= d c))))))
  (SameState t u) (SameRecordedChannel t u))))

; Ours: p gives a snapshot up that has not ended at p.
(define-fun Abandon ((t Moment) (u Moment) (s Snapshot) (p Process)) Bool (and
  MayAbandon
  (distinct (recordedState t s p) Abandoned)
  (or (= (recordedState t s p) NotRecorded)
      (exists ((c Channel)) (and (= (to c) p) (awaitingMarker t s c))))
  (forall ((r Snapshot) (q Process)) (= (recordedState u r q)
    (ite (and (= r s) (= q p)) Abandoned (recordedState t r q))))
  (forall ((r Snapshot) (c Channel)) (= (awaitingMarker u r c)
    (and (awaitingMarker t r c) (not (and (= r s) (= (to c) p))))))
  (forall ((r Snapshot) (m Message)) (= (recordedChannel u r m)
    (and (recordedChannel t r m) (not (and (= r s) (= (receiver m) p))))))
  (SameState t u) (SameMarkers t u) (SameAhead t u)))

(define-fun System ((t Moment) (u Moment)) Bool (or
  (exists ((s Snapshot) (p Process)) (RecordState t u s p))
  (exists ((s Snapshot) (c Channel)) (ReceiveMarker t u s c))
  (exists ((s Snapshot) (p Process)) (Abandon t u s p))))

; ------------------------------------------------------------------------------------------------
; The invariants: those of spec/Properties.tla under their names, and what makes them inductive.

(define-fun TypeOK ((t Moment)) Bool (and
  (forall ((p Process)) (IsState p (state t p)))
  (forall ((s Snapshot) (p Process))
    (=> (Recorded t s p) (IsState p (recordedState t s p))))
  (forall ((s Snapshot) (c Channel)) (=> (awaitingMarker t s c) (Recorded t s (to c))))
  (forall ((s Snapshot) (m Message)) (=> (recordedChannel t s m) (Recorded t s (receiver m))))
  (forall ((m Message) (s Snapshot))
    (=> (ahead t m s) (and (inChannel t m) (marker t s (along m)))))
  (forall ((r Snapshot) (s Snapshot) (c Channel))
    (=> (markerAhead t r s c) (and (marker t r c) (marker t s c))))))

; A channel is a sequence: "ahead" is a total order of its messages and markers.
(define-fun InSequence ((t Moment)) Bool (and
  (forall ((s Snapshot) (c Channel)) (not (markerAhead t s s c)))
  (forall ((q Snapshot) (r Snapshot) (s Snapshot) (c Channel))
    (=> (markerAhead t q r c) (markerAhead t r s c) (markerAhead t q s c)))
  (forall ((r Snapshot) (s Snapshot) (c Channel)) (=> (marker t r c) (marker t s c)
    (or (= r s) (markerAhead t r s c) (markerAhead t s r c))))
  (forall ((m Message) (n Message) (s Snapshot))
    (=> (ahead t m s) (inChannel t n) (precedes n m) (ahead t n s)))
  (forall ((m Message) (r Snapshot) (s Snapshot)) (=> (inChannel t m) (ahead t m s)
    (marker t r (along m)) (or (ahead t m r) (markerAhead t r s (along m)))))
  (forall ((m Message) (r Snapshot) (s Snapshot))
    (=> (ahead t m r) (markerAhead t r s (along m)) (ahead t m s)))))

; What has been received is a beginning of what has been sent.
(define-fun Fifo ((t Moment)) Bool (and
  (forall ((m Message)) (=> (received t m) (sent t m)))
  (forall ((m Message) (n Message))
    (=> (received t m) (sent t n) (precedes n m) (received t n)))))

(define-fun AtMostOneMarker ((t Moment)) Bool
  (forall ((s Snapshot) (c Channel)) (not (and (marker t s c) (Closed t s c)))))

(define-fun MarkerFollowsRecording ((t Moment)) Bool
  (forall ((s Snapshot) (c Channel)) (and
    (=> (or (marker t s c) (Closed t s c)) (distinct (recordedState t s (from c)) NotRecorded))
    (=> (Recorded t s (from c))
        (or (marker t s c) (Closed t s c) (= (recordedState t s (to c)) Abandoned))))))

(define-fun ClosedImpliesBothRecorded ((t Moment)) Bool
  (forall ((s Snapshot) (c Channel)) (=> (Closed t s c)
    (and (Recorded t s (to c)) (distinct (recordedState t s (from c)) NotRecorded)))))

; A recorded state is one of the past, so that it has sent and received a beginning.
(define-fun RecordedIsPast ((t Moment)) Bool (and
  (forall ((s Snapshot) (m Message)) (=> (Recorded t s (sender m))
    (Sent m (recordedState t s (sender m))) (sent t m)))
  (forall ((s Snapshot) (m Message)) (=> (Recorded t s (receiver m))
    (Received m (recordedState t s (receiver m))) (received t m)))
  (forall ((s Snapshot) (m Message) (n Message)) (=> (Recorded t s (receiver m))
    (Received m (recordedState t s (receiver m))) (sent t n) (precedes n m)
    (Received n (recordedState t s (receiver m)))))))

; Ahead of a marker, or received before it, is what its sender had sent when it recorded.
(define-fun MarkerSeparates ((t Moment)) Bool
  (forall ((s Snapshot) (m Message))
    (=> (marker t s (along m)) (Recorded t s (sender m))
      (= (Sent m (recordedState t s (sender m))) (or (ahead t m s) (received t m))))))

; An open channel has recorded what was received since its receiver recorded.
(define-fun OpenChannelIsRecorded ((t Moment)) Bool
  (forall ((s Snapshot) (m Message)) (=> (awaitingMarker t s (along m))
    (= (recordedChannel t s m)
       (and (received t m) (not (Received m (recordedState t s (receiver m)))))))))

; What had been sent is what had been received, followed by the recorded state of the channel.
(define-fun Consistent ((t Moment)) Bool (and
  (forall ((s Snapshot) (m Message))
    (=> (Closed t s (along m)) (Recorded t s (sender m))
      (= (Sent m (recordedState t s (sender m)))
         (or (Received m (recordedState t s (receiver m))) (recordedChannel t s m)))))
  (forall ((s Snapshot) (m Message) (n Message))
    (=> (Closed t s (along m)) (Recorded t s (sender m)) (= (along m) (along n))
      (Received m (recordedState t s (receiver m))) (recordedChannel t s n)
      (precedes m n)))))

(define-fun Invariant ((t Moment)) Bool (and
  (TypeOK t) (InSequence t) (Fifo t) (AtMostOneMarker t) (MarkerFollowsRecording t)
  (ClosedImpliesBothRecorded t) (RecordedIsPast t) (MarkerSeparates t)
  (OpenChannelIsRecorded t) (Consistent t)))
