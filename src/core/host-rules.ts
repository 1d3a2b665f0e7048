import type { Location } from './location.ts';
import type { GitProviderName, SshAddress } from './manifest/manifest.ts';

/**
 * What the pure rooms need to know of a git provider: which hosts are its, how its addresses read.
 * Every provider's file in `providers/` gives one; data and pure functions only.
 */
export interface HostRules {
  readonly provider: GitProviderName;
  /** What `organization` is short for, with a trailing slash (`https://github.com/`); null where `url` is required. */
  readonly publicOrigin: string | null;
  /** Whether a credential without `url` covers this host (with port, lower case). Exact patterns only (security rule 10). */
  readonly covers: (host: string) => boolean;
  /** The https host behind one of the vendor's other addresses (`ssh.github.com`, a CodeCommit region), else null. */
  readonly webHost: (address: Address) => string | null;
  /** Whether the case of a path counts on this provider's hosts. */
  readonly caseSensitive: boolean;
  /** Path segments that stand before every repository over https but not over ssh: a relative root, `scm`. */
  readonly root: (base: Location, apiUrl: string | null) => readonly string[];
  /**
   * The canonical https location of what was written for one of this provider's hosts, e.g. an Azure DevOps ssh path
   * or `visualstudio.com`; `null` when it is not an address of a repository or namespace there.
   */
  readonly canonical: (address: Address, site: Site) => Location | null;
  /** Every other spelling of a prefix and the https prefix it stands for, ready for git's `insteadOf` (security rule 11). */
  readonly rewrites: (prefix: SshPrefix) => readonly Rewrite[];
}

/** A target's address taken apart, before the provider's own canonical form is known. */
export interface Address {
  /** `codecommit` is `codecommit::region://name`: `hostname` is the region, empty when it is not written. */
  readonly transport: 'https' | 'http' | 'ssh' | 'codecommit';
  /** Lower case, without port. */
  readonly hostname: string;
  /** Null when not written or the transport's own. For ssh never the port of the https service. */
  readonly port: number | null;
  /** The user of an ssh address; user info of other addresses is dropped while parsing. */
  readonly user: string | null;
  /** Percent-decoded, without a trailing `.git`. */
  readonly segments: readonly string[];
}

/** The https service (http on loopback) that an address belongs to. */
export interface Site {
  readonly scheme: 'https' | 'http';
  /** With a port when it is not the scheme's own. */
  readonly host: string;
  /** See `HostRules.root`. */
  readonly root: readonly string[];
}

/** One `insteadOf` rule: namespace rules end in `/` (or `:` for a whole host), repository rules in `.git` on both sides. */
export interface Rewrite {
  /** `git@github.com:acme/` */
  readonly from: string;
  /** `https://github.com/acme/` */
  readonly to: string;
}

/** What `rewrites` is asked for: a host, a namespace, or one repository. */
export interface SshPrefix {
  readonly location: Location;
  readonly kind: 'host' | 'namespace' | 'repository';
  /** The credential's own `ssh` addresses. */
  readonly addresses: readonly SshAddress[];
  /** See `HostRules.root`. */
  readonly root: readonly string[];
  /** Targets below the prefix: Azure DevOps needs one rule per project. */
  readonly targets: readonly Location[];
}
