; What follows from the invariants of ChandyLamport.smt2, of which this is the continuation: the
; lemmas in the order in which they make the theorem. A definition without arguments is a statement
; to be proved, in which the constants stand for anything. EveryStep is one for each action.

; An event takes the system from before to after. Both are in the invariant: it is inductive.
(declare-const before Moment)
(declare-const after Moment)
(define-fun Step ((t Moment) (u Moment)) Bool (and (Invariant t) (Invariant u)))

; Its arguments, under the names that they have in the actions.
(declare-const p Process)
(declare-const c Channel)
(declare-const m Message)
(declare-const x State)
(declare-const s Snapshot)

(define-fun Started ((t Moment)) Bool (exists ((q Process)) (Recorded t s q)))
(define-fun Complete ((t Moment)) Bool (and
  (forall ((q Process)) (Recorded t s q))
  (forall ((c Channel)) (Closed t s c))))
(define-fun GivenUp ((t Moment)) Bool
  (exists ((q Process)) (= (recordedState t s q) Abandoned)))

; ------------------------------------------------------------------------------------------------
; The algorithm is superimposed (section 3): erase it, and the underlying computation is what it
; was. That Environment is, with markers erased, a step of that computation is how it is defined.

(define-fun UnderlyingUnaltered () Bool
  (=> (System before after) (SameState before after)))

; ------------------------------------------------------------------------------------------------
; What one step does, whichever it is.

; What is recorded never changes, except by being given up while a marker is awaited.
(define-fun KeepsRecording ((t Moment) (u Moment) (r Snapshot) (q Process)) Bool (and
  (= (recordedState u r q) (recordedState t r q))
  (forall ((c Channel)) (=> (= (to c) q) (Closed t r c) (Closed u r c)))
  (forall ((n Message)) (=> (= (receiver n) q) (Closed t r (along n))
    (= (recordedChannel u r n) (recordedChannel t r n))))))
(define-fun GivesUp ((t Moment) (u Moment) (r Snapshot) (q Process)) Bool (and
  (= (recordedState u r q) Abandoned)
  (exists ((c Channel)) (and (= (to c) q) (awaitingMarker t r c)))))
(define-fun RecordedOnce ((t Moment) (u Moment)) Bool (forall ((r Snapshot) (q Process))
  (=> (Recorded t r q) (or (KeepsRecording t u r q) (GivesUp t u r q)))))

; A snapshot that was given up stays so: one that completes never was.
(define-fun GivenUpForGood ((t Moment) (u Moment)) Bool (forall ((r Snapshot) (q Process))
  (=> (= (recordedState t r q) Abandoned) (= (recordedState u r q) Abandoned))))

; The Marker-Sending Rule: markers are sent by recording, along every outgoing channel, and where
; none is or was. So it loses nothing to say that a marker is in c, and not how often.
(define-fun MarkersAreSentOnce ((t Moment) (u Moment)) Bool (forall ((r Snapshot) (c Channel))
  (ite (and (= (recordedState t r (from c)) NotRecorded) (Recorded u r (from c)))
       (and (not (marker t r c)) (not (Closed t r c)) (marker u r c))
       (=> (marker u r c) (marker t r c)))))

; Before any further message: what is sent once the marker is in c is behind it. So nothing that
; is ahead of a marker increases while it is in c: fairness brings it to the end of c.
(define-fun NothingGetsAhead ((t Moment) (u Moment)) Bool (and
  (forall ((n Message) (r Snapshot))
    (=> (marker t r (along n)) (ahead u n r) (ahead t n r)))
  (forall ((q Snapshot) (r Snapshot) (c Channel))
    (=> (marker t r c) (markerAhead u q r c) (markerAhead t q r c)))))

; The recorded state of a channel grows at its end. So it loses nothing to say which messages are
; in it, and not in which order.
(define-fun RecordedInOrder ((t Moment) (u Moment)) Bool
  (forall ((r Snapshot) (l Message) (n Message)) (=> (= (along l) (along n))
    (recordedChannel t r l) (recordedChannel u r n) (not (recordedChannel t r n))
    (precedes l n))))

; ------------------------------------------------------------------------------------------------
; The recorded global state is consistent (section 4).

; No message is received before the cut and sent after it, channels that are still open included.
(define-fun NoOrphan () Bool
  (=> (Invariant before) (Recorded before s (sender m)) (Recorded before s (receiver m))
    (Received m (recordedState before s (receiver m)))
    (Sent m (recordedState before s (sender m)))))

; The state of a channel in a complete snapshot: what crosses the cut, and nothing else.
(define-fun ChannelStateIsExact () Bool
  (=> (Invariant before) (Complete before)
    (= (recordedChannel before s m)
       (and (Sent m (recordedState before s (sender m)))
            (not (Received m (recordedState before s (receiver m))))))))

; ------------------------------------------------------------------------------------------------
; Theorem 1, first half: S* is reachable from the initial state. In the prerecording world each
; process stops when it records its state; it starts at the beginning, moves as the underlying
; computation does or not at all, and when the snapshot is complete it is S*.

(declare-const world Moment)
(declare-const nextWorld Moment)
(define-fun Prerecording ((w Moment) (t Moment)) Bool (forall ((q Process))
  (= (state w q) (ite (Recorded t s q) (recordedState t s q) (state t q)))))
(define-fun PrerecordingStep ((t Moment) (u Moment)) Bool (and
  (Step t u) (not (GivenUp u)) (Prerecording world t) (Prerecording nextWorld u)))

(define-fun PrerecordingStarts () Bool
  (=> (Init before) (Prerecording world before) (SameState before world)))

(define-fun PrerecordingInternal () Bool
  (=> (PrerecordingStep before after) (Internal before after p x)
    (ite (Recorded before s p)
         (SameState world nextWorld)
         (UnderlyingInternal world nextWorld p x))))

(define-fun PrerecordingSend () Bool
  (=> (PrerecordingStep before after) (Send before after m x)
    (ite (Recorded before s (sender m))
         (SameState world nextWorld)
         (UnderlyingSend world nextWorld m x))))

(define-fun PrerecordingReceive () Bool
  (=> (PrerecordingStep before after) (Receive before after m x)
    (ite (Recorded before s (receiver m))
         (SameState world nextWorld)
         (UnderlyingReceive world nextWorld m x))))

(define-fun PrerecordingSystem () Bool
  (=> (PrerecordingStep before after) (System before after) (SameState world nextWorld)))

(define-fun PrerecordingEnds () Bool
  (=> (Invariant before) (Complete before) (Prerecording world before)
    (and (= (state world p) (recordedState before s p))
         (= (inChannel world m) (recordedChannel before s m)))))

; ------------------------------------------------------------------------------------------------
; Theorem 1, second half: the current state is reachable from S*. Now the snapshot is complete, at
; the moment end. At each moment until then what will have been recorded is foreseen, by induction
; backwards from the end.

(declare-const end Moment)
(define-fun CompleteIn ((t Moment)) Bool (and (Invariant t) (Complete t)))

(define-fun Foreseen ((t Moment)) Bool (and
  (not (GivenUp t))
  (forall ((q Process))
    (=> (Recorded t s q) (= (recordedState t s q) (recordedState end s q))))
  (forall ((n Message)) (=> (not (Recorded t s (sender n))) (sent t n)
    (Sent n (recordedState end s (sender n)))))
  (forall ((l Message) (n Message)) (=> (sent t l) (not (sent t n))
    (Sent n (recordedState end s (sender n))) (= (along l) (along n)) (precedes l n)))))

(define-fun ForeseenAtTheEnd () Bool (=> (CompleteIn end) (Foreseen end)))

(define-fun ForeseenBackwards ((t Moment) (u Moment)) Bool
  (=> (CompleteIn end) (Foreseen u) (Foreseen t)))

; In the postrecording world each process is, until it records its state, where it will be then;
; and from then on where it is. So the world starts at S*, moves as the underlying computation does
; or not at all, and ends at the current state.

(define-fun Postrecording ((w Moment) (t Moment)) Bool (forall ((q Process))
  (= (state w q) (ite (Recorded t s q) (state t q) (recordedState end s q)))))
(define-fun PostrecordingStep ((t Moment) (u Moment)) Bool (and
  (Step t u) (Foreseen t) (Foreseen u) (Postrecording world t) (Postrecording nextWorld u)))

(define-fun PostrecordingStarts () Bool
  (=> (CompleteIn end) (Init before) (Postrecording world before)
    (and (= (state world p) (recordedState end s p))
         (= (inChannel world m) (recordedChannel end s m)))))

(define-fun PostrecordingInternal () Bool
  (=> (CompleteIn end) (PostrecordingStep before after) (Internal before after p x)
    (ite (Recorded before s p)
         (UnderlyingInternal world nextWorld p x)
         (SameState world nextWorld))))

(define-fun PostrecordingSend () Bool
  (=> (CompleteIn end) (PostrecordingStep before after) (Send before after m x)
    (ite (Recorded before s (sender m))
         (UnderlyingSend world nextWorld m x)
         (SameState world nextWorld))))

(define-fun PostrecordingReceive () Bool
  (=> (CompleteIn end) (PostrecordingStep before after) (Receive before after m x)
    (ite (Recorded before s (receiver m))
         (UnderlyingReceive world nextWorld m x)
         (SameState world nextWorld))))

(define-fun PostrecordingSystem () Bool
  (=> (CompleteIn end) (PostrecordingStep before after) (System before after)
    (SameState world nextWorld)))

(define-fun PostrecordingEnds () Bool
  (=> (CompleteIn end) (Postrecording world end) (SameState world end)))

; ------------------------------------------------------------------------------------------------
; Termination (section 3.3): when the markers of a snapshot that was started and not given up have
; all been received, it is complete, if every process can be reached from those that initiated it.
; The latter is used for one set: if channels lead from those that have recorded to no others, then
; all have recorded.

(define-fun EveryProcessIsReachable ((t Moment)) Bool (=> (Started t)
  (forall ((c Channel)) (=> (Recorded t s (from c)) (Recorded t s (to c))))
  (forall ((q Process)) (Recorded t s q))))

(define-fun QuiescenceIsCompletion () Bool
  (=> (Invariant before) (Started before) (not (GivenUp before)) (EveryProcessIsReachable before)
    (forall ((c Channel)) (not (marker before s c)))
    (Complete before)))

; ------------------------------------------------------------------------------------------------
; Each of these holds of every step of every action.

(define-fun EveryStep ((t Moment) (u Moment)) Bool (and
  (RecordedOnce t u) (GivenUpForGood t u) (MarkersAreSentOnce t u) (NothingGetsAhead t u)
  (RecordedInOrder t u) (ForeseenBackwards t u)))

; ------------------------------------------------------------------------------------------------
; spec/FineGrained.tla: a process sends its markers one at a time, while it may receive; only what
; it sends along a channel waits for the marker that it owes there. This refines the algorithm: in
; the coarse view of a moment, a marker that is owed is in its channel already, behind all else.

(declare-fun owed (Moment Snapshot Channel) Bool)               ; s is in owed[c],
(declare-fun owedAhead (Moment Snapshot Snapshot Channel) Bool) ; with r ahead of it

(define-fun SameOwed ((t Moment) (u Moment)) Bool (and
  (forall ((r Snapshot) (c Channel)) (= (owed u r c) (owed t r c)))
  (forall ((q Snapshot) (r Snapshot) (c Channel)) (= (owedAhead u q r c) (owedAhead t q r c)))))
(define-fun Owes ((t Moment) (u Moment) (r Snapshot) (p Process) (new Bool)) Bool (and
  (forall ((q Snapshot) (c Channel)) (= (owed u q c)
    (or (owed t q c) (and (= q r) (= (from c) p) new))))
  (forall ((l Snapshot) (q Snapshot) (c Channel)) (= (owedAhead u l q c)
    (or (owedAhead t l q c) (and (= q r) (= (from c) p) (owed t l c) new))))))

(define-fun FineSend ((t Moment) (u Moment) (m Message) (x State)) Bool (and
  (forall ((r Snapshot)) (not (owed t r (along m))))
  (Send t u m x) (SameOwed t u)))

(define-fun FineReceive ((t Moment) (u Moment) (m Message) (x State)) Bool (and
  (Receive t u m x) (SameOwed t u)))

(define-fun FineRecordState ((t Moment) (u Moment) (s Snapshot) (p Process)) Bool (and
  (Initiators s p)
  (= (recordedState t s p) NotRecorded)
  (Records t u s p true)
  (forall ((r Snapshot) (c Channel)) (= (awaitingMarker u r c)
    (or (awaitingMarker t r c) (and (= r s) (= (to c) p)))))
  (Owes t u s p true)
  (SameState t u) (SameMarkers t u) (SameAhead t u) (SameRecordedChannel t u)))

(define-fun SendMarker ((t Moment) (u Moment) (s Snapshot) (c Channel)) Bool (and
  (owed t s c)
  (forall ((r Snapshot)) (not (owedAhead t r s c)))
  (forall ((r Snapshot) (d Channel)) (= (marker u r d)
    (or (marker t r d) (and (= r s) (= d c)))))
  (forall ((m Message) (r Snapshot)) (= (ahead u m r)
    (or (ahead t m r) (and (= r s) (= (along m) c) (inChannel t m)))))
  (forall ((q Snapshot) (r Snapshot) (d Channel)) (= (markerAhead u q r d)
    (or (markerAhead t q r d) (and (= r s) (= d c) (marker t q d)))))
  (forall ((r Snapshot) (d Channel)) (= (owed u r d)
    (and (owed t r d) (not (and (= r s) (= d c))))))
  (forall ((q Snapshot) (r Snapshot) (d Channel)) (= (owedAhead u q r d)
    (and (owedAhead t q r d) (not (and (= q s) (= d c))))))
  (SameState t u) (SameRecording t u)))

(define-fun FineReceiveMarker ((t Moment) (u Moment) (s Snapshot) (c Channel)) Bool
 (let ((p (to c)) (new (= (recordedState t s (to c)) NotRecorded))) (and
  (marker t s c)
  (forall ((m Message)) (=> (= (along m) c) (not (ahead t m s))))
  (forall ((r Snapshot)) (not (markerAhead t r s c)))
  (Records t u s p new)
  (forall ((r Snapshot) (d Channel)) (= (awaitingMarker u r d)
    (and (or (awaitingMarker t r d) (and (= r s) (= (to d) p) new))
         (not (and (= r s) (= d c))))))
  (forall ((r Snapshot) (d Channel)) (= (marker u r d)
    (and (marker t r d) (not (and (= r s) (= d c))))))
  (forall ((q Snapshot) (r Snapshot) (d Channel)) (= (markerAhead u q r d)
    (and (markerAhead t q r d) (not (and (= q s) (= d c))))))
  (Owes t u s p new)
  (SameState t u) (SameAhead t u) (SameRecordedChannel t u))))

(define-fun FineInit ((t Moment)) Bool (and
  (Init t)
  (forall ((r Snapshot) (c Channel)) (not (owed t r c)))
  (forall ((q Snapshot) (r Snapshot) (c Channel)) (not (owedAhead t q r c)))))

(define-fun FineNext ((t Moment) (u Moment)) Bool (or
  (exists ((m Message) (x State)) (FineSend t u m x))
  (exists ((m Message) (x State)) (FineReceive t u m x))
  (exists ((s Snapshot) (p Process)) (FineRecordState t u s p))
  (exists ((s Snapshot) (c Channel)) (SendMarker t u s c))
  (exists ((s Snapshot) (c Channel)) (FineReceiveMarker t u s c))))

; The invariants of the variant: what is ahead of what is there; a marker is owed or in its channel,
; but not both; what is owed is a sequence.

(define-fun FineTypeOK ((t Moment)) Bool (and
  (forall ((p Process)) (IsState p (state t p)))
  (forall ((m Message) (r Snapshot))
    (=> (ahead t m r) (and (inChannel t m) (marker t r (along m)))))
  (forall ((q Snapshot) (r Snapshot) (c Channel)) (and
    (=> (markerAhead t q r c) (and (marker t q c) (marker t r c)))
    (=> (owedAhead t q r c) (and (owed t q c) (owed t r c)))))))

(define-fun OwedIsNotInChannel ((t Moment)) Bool (forall ((r Snapshot) (c Channel)) (and
  (not (and (owed t r c) (marker t r c)))
  (=> (or (owed t r c) (marker t r c)) (distinct (recordedState t r (from c)) NotRecorded)))))

(define-fun OwedInSequence ((t Moment)) Bool (and
  (forall ((r Snapshot) (c Channel)) (not (owedAhead t r r c)))
  (forall ((q Snapshot) (r Snapshot) (c Channel)) (=> (owed t q c) (owed t r c)
    (or (= q r) (owedAhead t q r c) (owedAhead t r q c))))))

(define-fun FineInvariant ((t Moment)) Bool
  (and (FineTypeOK t) (OwedIsNotInChannel t) (OwedInSequence t)))

; The coarse view k of a moment t.
(define-fun Coarse ((k Moment) (t Moment)) Bool (and
  (forall ((r Snapshot) (c Channel)) (= (marker k r c) (or (marker t r c) (owed t r c))))
  (forall ((m Message) (r Snapshot)) (= (ahead k m r)
    (or (ahead t m r) (and (owed t r (along m)) (inChannel t m)))))
  (forall ((q Snapshot) (r Snapshot) (c Channel)) (= (markerAhead k q r c)
    (or (markerAhead t q r c) (and (marker t q c) (owed t r c)) (owedAhead t q r c))))
  (SameState t k) (SameRecording t k)))

; Each event of the variant is one of the coarse view, or leaves that as it is.

(declare-const coarse Moment)
(declare-const nextCoarse Moment)
(define-fun FineStep ((t Moment) (u Moment)) Bool (and
  (FineInvariant t) (Coarse coarse t) (Coarse nextCoarse u)))

(define-fun FineInitRefinesInit () Bool
  (=> (FineInit before) (Coarse coarse before) (Init coarse)))

(define-fun FineSendRefinesSend () Bool
  (=> (FineStep before after) (FineSend before after m x) (Send coarse nextCoarse m x)))

(define-fun FineReceiveRefinesReceive () Bool
  (=> (FineStep before after) (FineReceive before after m x) (Receive coarse nextCoarse m x)))

(define-fun FineRecordStateRefinesRecordState () Bool
  (=> (FineStep before after) (FineRecordState before after s p)
    (RecordState coarse nextCoarse s p)))

(define-fun SendMarkerRefinesNothing () Bool
  (=> (FineStep before after) (SendMarker before after s c) (and
    (SameState coarse nextCoarse) (SameMarkers coarse nextCoarse) (SameAhead coarse nextCoarse)
    (SameRecording coarse nextCoarse))))

(define-fun FineReceiveMarkerRefinesReceiveMarker () Bool
  (=> (FineStep before after) (FineReceiveMarker before after s c)
    (ReceiveMarker coarse nextCoarse s c)))
