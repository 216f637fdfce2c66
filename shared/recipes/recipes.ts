import { groupAccess, polkitRule, qemuUser, startDaemon } from './access'
import { vncClientCertificates, vncListen, vncPassword, vncSasl, vncTls } from './consoles'
import { imageScripts, physicalToVm, pvToHvm, virtV2v, xenToKvm } from './conversion'
import { headlessHost, xenHost } from './machines'
import { bridgeHelper, hostBridge, hostVlan, privateBridge, routedGuest } from './networks'
import type { Recipe, RecipeId } from './recipe'
import { saslLibvirt, saslUsers } from './sasl'
import { firewall, sshServer } from './ssh'
import { diskLocking, growDisk, loopDevices, mountImage, sharedStorage } from './storage'
import { keyPermissions, tlsAllowedNames, tlsBothWays, tlsClient, tlsServer } from './tls'
import { vagrant } from './vagrant'

const byId: Record<RecipeId, Recipe> = {
  'start-daemon': startDaemon,
  'group-access': groupAccess,
  'polkit-rule': polkitRule,
  'qemu-user': qemuUser,
  sshd: sshServer,
  firewall,
  'headless-host': headlessHost,
  'tls-server': tlsServer,
  'tls-client': tlsClient,
  'tls-both-ways': tlsBothWays,
  'tls-allowed-names': tlsAllowedNames,
  'key-permissions': keyPermissions,
  'sasl-libvirt': saslLibvirt,
  'sasl-users': saslUsers,
  'vnc-listen': vncListen,
  'vnc-password': vncPassword,
  'vnc-sasl': vncSasl,
  'vnc-tls': vncTls,
  'vnc-client-certificates': vncClientCertificates,
  'host-bridge': hostBridge,
  'private-bridge': privateBridge,
  'host-vlan': hostVlan,
  'routed-guest': routedGuest,
  'bridge-helper': bridgeHelper,
  'shared-storage': sharedStorage,
  'disk-locking': diskLocking,
  'grow-disk': growDisk,
  'mount-image': mountImage,
  'loop-devices': loopDevices,
  'xen-host': xenHost,
  'xen-to-kvm': xenToKvm,
  'pv-to-hvm': pvToHvm,
  'virt-v2v': virtV2v,
  'physical-to-vm': physicalToVm,
  'image-scripts': imageScripts,
  vagrant,
}

/** In the order they are listed. */
export const recipes: readonly Recipe[] = Object.values(byId)

export function recipeById(id: RecipeId): Recipe {
  return byId[id]
}

/** Recipes in which every word of the query occurs; those with it in their title come first. */
export function findRecipes(query: string): readonly Recipe[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return recipes
  const has = (text: string): boolean => words.every((word) => text.toLowerCase().includes(word))
  const fitting = recipes.filter(({ title, summary, topic, keywords }) =>
    has([title, summary, topic, ...keywords].join(' ')),
  )
  return [...fitting.filter(({ title }) => has(title)), ...fitting.filter(({ title }) => !has(title))]
}
