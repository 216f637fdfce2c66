// Do not edit: written by electron/libvirt-rpc/codegen/generate.ts from protocol-facts.json.
// libvirt 11.3.0 (structure), 12.8.0 API description (enumerations)

/** Program numbers and their protocol versions. */
export const programs = {
  remote: { number: 536903814, version: 1 },
  qemu: { number: 536903815, version: 1 },
  lxc: { number: 425984, version: 1 },
  keepalive: { number: 1801807216, version: 1 },
} as const

/** The two messages of the keepalive program. */
export const keepalive = {
  PING: 1,
  PONG: 2,
} as const

/** What a packet is. */
export const messageType = {
  VIR_NET_CALL: 0,
  VIR_NET_REPLY: 1,
  VIR_NET_MESSAGE: 2,
  VIR_NET_STREAM: 3,
  VIR_NET_CALL_WITH_FDS: 4,
  VIR_NET_REPLY_WITH_FDS: 5,
  VIR_NET_STREAM_HOLE: 6,
} as const

/** How it went, or (for streams) goes on. */
export const messageStatus = {
  VIR_NET_OK: 0,
  VIR_NET_ERROR: 1,
  VIR_NET_CONTINUE: 2,
} as const

/** Sizes in bytes, and counts. */
export const messageLimits = {
  VIR_NET_MESSAGE_INITIAL: 65536,
  VIR_NET_MESSAGE_LEGACY_PAYLOAD_MAX: 262120,
  VIR_NET_MESSAGE_MAX: 33554432,
  VIR_NET_MESSAGE_HEADER_MAX: 24,
  VIR_NET_MESSAGE_PAYLOAD_MAX: 33554408,
  VIR_NET_MESSAGE_LEN_MAX: 4,
  VIR_NET_MESSAGE_STRING_MAX: 4194304,
  VIR_NET_MESSAGE_NUM_FDS_MAX: 32,
  VIR_NET_MESSAGE_HEADER_XDR_LEN: 4,
} as const

/** Numbers for CONNECT_SUPPORTS_FEATURE. */
export const features = {
  VIR_DRV_FEATURE_MIGRATION_V1: 1,
  VIR_DRV_FEATURE_REMOTE: 2,
  VIR_DRV_FEATURE_MIGRATION_V2: 3,
  VIR_DRV_FEATURE_MIGRATION_P2P: 4,
  VIR_DRV_FEATURE_MIGRATION_DIRECT: 5,
  VIR_DRV_FEATURE_MIGRATION_V3: 6,
  VIR_DRV_FEATURE_MIGRATE_CHANGE_PROTECTION: 7,
  VIR_DRV_FEATURE_FD_PASSING: 8,
  VIR_DRV_FEATURE_TYPED_PARAM_STRING: 9,
  VIR_DRV_FEATURE_PROGRAM_KEEPALIVE: 10,
  VIR_DRV_FEATURE_XML_MIGRATABLE: 11,
  VIR_DRV_FEATURE_MIGRATION_OFFLINE: 12,
  VIR_DRV_FEATURE_MIGRATION_PARAMS: 13,
  VIR_DRV_FEATURE_REMOTE_EVENT_CALLBACK: 14,
  VIR_DRV_FEATURE_REMOTE_CLOSE_CALLBACK: 15,
  VIR_DRV_FEATURE_NETWORK_UPDATE_HAS_CORRECT_ORDER: 16,
} as const
