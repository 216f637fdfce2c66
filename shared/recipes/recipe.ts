/** Setting up a host, told step by step: what to run, where, what it changes, how to check it and how to go back. */
export const recipeIds = [
  'start-daemon',
  'group-access',
  'polkit-rule',
  'qemu-user',
  'sshd',
  'firewall',
  'tls-server',
  'tls-client',
  'tls-both-ways',
  'tls-allowed-names',
  'key-permissions',
  'sasl-libvirt',
  'sasl-users',
  'vnc-listen',
  'vnc-password',
  'vnc-sasl',
  'vnc-tls',
  'vnc-client-certificates',
  'headless-host',
  'xen-host',
  'host-bridge',
  'private-bridge',
  'host-vlan',
  'routed-guest',
  'bridge-helper',
  'shared-storage',
  'disk-locking',
  'loop-devices',
  'mount-image',
  'grow-disk',
  'xen-to-kvm',
  'pv-to-hvm',
  'virt-v2v',
  'physical-to-vm',
  'image-scripts',
  'vagrant',
] as const
export type RecipeId = (typeof recipeIds)[number]

export const recipeTopics = [
  'Access',
  'SSH',
  'TLS',
  'SASL',
  'Consoles',
  'Networks',
  'Storage',
  'Xen',
  'Moving VMs',
] as const
export type RecipeTopic = (typeof recipeTopics)[number]

export const distributions = ['debian', 'redhat', 'suse'] as const
/** Debian and Ubuntu; RHEL, Fedora and their kin; SUSE and openSUSE. They differ in package names and firewalls. */
export type Distribution = (typeof distributions)[number]

/** One libvirtd for everything, or a daemon per driver with virtproxyd for remote access (libvirt.org/daemons.html). */
export type DaemonKind = 'monolithic' | 'modular'

/** What is filled into the commands. They come from the user and the URI, so every use is quoted. */
export interface RecipeValues {
  readonly distribution: Distribution
  readonly daemons: DaemonKind
  /** The host's name as clients write it. */
  readonly host: string
  /** The account that is to manage virtual machines. */
  readonly user: string
  /** The group whose members may. */
  readonly group: string
}

/** Where the user has to be for a step. */
export type RecipePlace = 'host' | 'client' | 'authority' | 'guest'

export const placeText: Record<RecipePlace, string> = {
  host: 'On the host',
  client: 'On the computer that connects',
  authority: 'Where the certificates are made',
  guest: 'In the guest',
}

export interface RecipeStep {
  readonly where: RecipePlace
  readonly text: string
  /** Lines for a shell. */
  readonly commands?: string
  /** What belongs into a file; shown to be copied into it. */
  readonly file?: { readonly path: string; readonly content: string }
}

export interface RecipeText {
  readonly steps: readonly RecipeStep[]
  readonly changes: readonly string[]
  readonly dangers: readonly string[]
  readonly verify: readonly RecipeStep[]
  readonly undo: readonly RecipeStep[]
}

export interface Recipe {
  readonly id: RecipeId
  readonly topic: RecipeTopic
  readonly title: string
  readonly summary: string
  /** Words people look for that are in neither title nor summary. */
  readonly keywords: readonly string[]
  /** Its commands differ by the guest's system, not the host's. */
  readonly isOfGuest?: true
  build(values: RecipeValues): RecipeText
}
