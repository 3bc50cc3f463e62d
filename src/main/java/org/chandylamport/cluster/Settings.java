package org.chandylamport.cluster;

import com.google.common.collect.ImmutableMap;
import com.google.common.net.HostAndPort;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.util.List;
import java.util.Map;

/** The settings of Pekko with which a node starts: a user's, its addresses, pekko.conf's. */
final class Settings {

    private Settings() {}

    static Config of(String listen, String advertise, List<String> seeds, int nodes,
            Config overrides) {
        HostAndPort bound = Names.hostAndPort("listen", listen);
        HostAndPort seen = advertise.isEmpty() ? bound
                : Names.hostAndPort("advertise", advertise);
        Map<String, Object> settings = ImmutableMap.of(
                "pekko.remote.artery.canonical.hostname", seen.getHost(),
                "pekko.remote.artery.canonical.port", seen.getPort(),
                "pekko.remote.artery.bind.hostname", bound.getHost(),
                "pekko.remote.artery.bind.port", bound.getPort(),
                "pekko.cluster.min-nr-of-members", nodes,
                "pekko.cluster.seed-nodes", seeds.stream()
                        .map(seed -> "pekko://" + Names.SYSTEM + "@"
                                + Names.hostAndPort("seed", seed))
                        .toList());
        return overrides.withFallback(ConfigFactory.parseMap(settings))
                .withFallback(ConfigFactory.parseResources(Settings.class, "pekko.conf",
                        ConfigParseOptions.defaults().setAllowMissing(false)))
                .withFallback(ConfigFactory.defaultReferenceUnresolved()).resolve();
    }
}
