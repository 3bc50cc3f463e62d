package org.chandylamport.proof;

import com.microsoft.z3.Context;
import com.microsoft.z3.Native;
import com.microsoft.z3.Version;
import java.util.Optional;

/** The theorem prover z3, in process, with a theory. */
final class Z3 implements AutoCloseable {

    private final Context context = new Context();

    Z3(Theory theory) {
        answer(theory.text());
    }

    static String version() {
        return Version.getString();
    }

    /** What it says of an obligation: unsat, sat, or that it does not know. */
    String answer(Obligation obligation) {
        return answer("(push)" + obligation.question() + "(check-sat)(pop)").strip();
    }

    /** A model of what is asserted, if there is one. */
    Optional<String> model(String assertions) {
        String answer = answer("(push)" + assertions + "(check-sat)").strip();
        Optional<String> model = answer.equals("sat")
                ? Optional.of(answer("(get-model)")) : Optional.empty();
        answer("(pop)");
        return model;
    }

    private String answer(String commands) {
        return Native.evalSmtlib2String(context.nCtx(), commands);
    }

    @Override
    public void close() {
        context.close();
    }
}
