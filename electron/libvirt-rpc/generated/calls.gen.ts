// Do not edit: written by electron/libvirt-rpc/codegen/generate.ts from protocol-facts.json.
// libvirt 11.3.0 (structure), 12.8.0 API description (enumerations)

import type { CallTable } from '../procedures'
import * as R from './read.gen'
import type * as T from './types.gen'
import * as W from './write.gen'

export interface LibvirtCalls {
  CONNECT_OPEN: { args: T.ConnectOpenArgs; ret: void }
  CONNECT_CLOSE: { args: void; ret: void }
  CONNECT_GET_TYPE: { args: void; ret: T.ConnectGetTypeRet }
  CONNECT_GET_VERSION: { args: void; ret: T.ConnectGetVersionRet }
  CONNECT_GET_MAX_VCPUS: { args: T.ConnectGetMaxVcpusArgs; ret: T.ConnectGetMaxVcpusRet }
  NODE_GET_INFO: { args: void; ret: T.NodeGetInfoRet }
  CONNECT_GET_CAPABILITIES: { args: void; ret: T.ConnectGetCapabilitiesRet }
  DOMAIN_ATTACH_DEVICE: { args: T.DomainAttachDeviceArgs; ret: void }
  DOMAIN_CREATE: { args: T.DomainCreateArgs; ret: void }
  DOMAIN_CREATE_XML: { args: T.DomainCreateXmlArgs; ret: T.DomainCreateXmlRet }
  DOMAIN_DEFINE_XML: { args: T.DomainDefineXmlArgs; ret: T.DomainDefineXmlRet }
  DOMAIN_DESTROY: { args: T.DomainDestroyArgs; ret: void }
  DOMAIN_DETACH_DEVICE: { args: T.DomainDetachDeviceArgs; ret: void }
  DOMAIN_GET_XML_DESC: { args: T.DomainGetXmlDescArgs; ret: T.DomainGetXmlDescRet }
  DOMAIN_GET_AUTOSTART: { args: T.DomainGetAutostartArgs; ret: T.DomainGetAutostartRet }
  DOMAIN_GET_INFO: { args: T.DomainGetInfoArgs; ret: T.DomainGetInfoRet }
  DOMAIN_GET_MAX_MEMORY: { args: T.DomainGetMaxMemoryArgs; ret: T.DomainGetMaxMemoryRet }
  DOMAIN_GET_MAX_VCPUS: { args: T.DomainGetMaxVcpusArgs; ret: T.DomainGetMaxVcpusRet }
  DOMAIN_GET_OS_TYPE: { args: T.DomainGetOsTypeArgs; ret: T.DomainGetOsTypeRet }
  DOMAIN_GET_VCPUS: { args: T.DomainGetVcpusArgs; ret: T.DomainGetVcpusRet }
  /** @deprecated superseded by a later procedure */
  CONNECT_LIST_DEFINED_DOMAINS: { args: T.ConnectListDefinedDomainsArgs; ret: T.ConnectListDefinedDomainsRet }
  DOMAIN_LOOKUP_BY_ID: { args: T.DomainLookupByIdArgs; ret: T.DomainLookupByIdRet }
  DOMAIN_LOOKUP_BY_NAME: { args: T.DomainLookupByNameArgs; ret: T.DomainLookupByNameRet }
  DOMAIN_LOOKUP_BY_UUID: { args: T.DomainLookupByUuidArgs; ret: T.DomainLookupByUuidRet }
  /** @deprecated superseded by a later procedure */
  CONNECT_NUM_OF_DEFINED_DOMAINS: { args: void; ret: T.ConnectNumOfDefinedDomainsRet }
  DOMAIN_PIN_VCPU: { args: T.DomainPinVcpuArgs; ret: void }
  DOMAIN_REBOOT: { args: T.DomainRebootArgs; ret: void }
  DOMAIN_RESUME: { args: T.DomainResumeArgs; ret: void }
  DOMAIN_SET_AUTOSTART: { args: T.DomainSetAutostartArgs; ret: void }
  DOMAIN_SET_MAX_MEMORY: { args: T.DomainSetMaxMemoryArgs; ret: void }
  DOMAIN_SET_MEMORY: { args: T.DomainSetMemoryArgs; ret: void }
  DOMAIN_SET_VCPUS: { args: T.DomainSetVcpusArgs; ret: void }
  DOMAIN_SHUTDOWN: { args: T.DomainShutdownArgs; ret: void }
  DOMAIN_SUSPEND: { args: T.DomainSuspendArgs; ret: void }
  DOMAIN_UNDEFINE: { args: T.DomainUndefineArgs; ret: void }
  /** @deprecated superseded by a later procedure */
  CONNECT_LIST_DEFINED_NETWORKS: { args: T.ConnectListDefinedNetworksArgs; ret: T.ConnectListDefinedNetworksRet }
  /** @deprecated superseded by a later procedure */
  CONNECT_LIST_DOMAINS: { args: T.ConnectListDomainsArgs; ret: T.ConnectListDomainsRet }
  /** @deprecated superseded by a later procedure */
  CONNECT_LIST_NETWORKS: { args: T.ConnectListNetworksArgs; ret: T.ConnectListNetworksRet }
  NETWORK_CREATE: { args: T.NetworkCreateArgs; ret: void }
  NETWORK_CREATE_XML: { args: T.NetworkCreateXmlArgs; ret: T.NetworkCreateXmlRet }
  NETWORK_DEFINE_XML: { args: T.NetworkDefineXmlArgs; ret: T.NetworkDefineXmlRet }
  NETWORK_DESTROY: { args: T.NetworkDestroyArgs; ret: void }
  NETWORK_GET_XML_DESC: { args: T.NetworkGetXmlDescArgs; ret: T.NetworkGetXmlDescRet }
  NETWORK_GET_AUTOSTART: { args: T.NetworkGetAutostartArgs; ret: T.NetworkGetAutostartRet }
  NETWORK_GET_BRIDGE_NAME: { args: T.NetworkGetBridgeNameArgs; ret: T.NetworkGetBridgeNameRet }
  NETWORK_LOOKUP_BY_NAME: { args: T.NetworkLookupByNameArgs; ret: T.NetworkLookupByNameRet }
  NETWORK_LOOKUP_BY_UUID: { args: T.NetworkLookupByUuidArgs; ret: T.NetworkLookupByUuidRet }
  NETWORK_SET_AUTOSTART: { args: T.NetworkSetAutostartArgs; ret: void }
  NETWORK_UNDEFINE: { args: T.NetworkUndefineArgs; ret: void }
  /** @deprecated superseded by a later procedure */
  CONNECT_NUM_OF_DEFINED_NETWORKS: { args: void; ret: T.ConnectNumOfDefinedNetworksRet }
  /** @deprecated superseded by a later procedure */
  CONNECT_NUM_OF_DOMAINS: { args: void; ret: T.ConnectNumOfDomainsRet }
  /** @deprecated superseded by a later procedure */
  CONNECT_NUM_OF_NETWORKS: { args: void; ret: T.ConnectNumOfNetworksRet }
  DOMAIN_CORE_DUMP: { args: T.DomainCoreDumpArgs; ret: void }
  DOMAIN_RESTORE: { args: T.DomainRestoreArgs; ret: void }
  DOMAIN_SAVE: { args: T.DomainSaveArgs; ret: void }
  DOMAIN_GET_SCHEDULER_TYPE: { args: T.DomainGetSchedulerTypeArgs; ret: T.DomainGetSchedulerTypeRet }
  DOMAIN_GET_SCHEDULER_PARAMETERS: { args: T.DomainGetSchedulerParametersArgs; ret: T.DomainGetSchedulerParametersRet }
  DOMAIN_SET_SCHEDULER_PARAMETERS: { args: T.DomainSetSchedulerParametersArgs; ret: void }
  CONNECT_GET_HOSTNAME: { args: void; ret: T.ConnectGetHostnameRet }
  CONNECT_SUPPORTS_FEATURE: { args: T.ConnectSupportsFeatureArgs; ret: T.ConnectSupportsFeatureRet }
  /** @deprecated superseded by a later procedure */
  DOMAIN_MIGRATE_PREPARE: { args: T.DomainMigratePrepareArgs; ret: T.DomainMigratePrepareRet }
  /** @deprecated superseded by a later procedure */
  DOMAIN_MIGRATE_PERFORM: { args: T.DomainMigratePerformArgs; ret: void }
  /** @deprecated superseded by a later procedure */
  DOMAIN_MIGRATE_FINISH: { args: T.DomainMigrateFinishArgs; ret: T.DomainMigrateFinishRet }
  DOMAIN_BLOCK_STATS: { args: T.DomainBlockStatsArgs; ret: T.DomainBlockStatsRet }
  DOMAIN_INTERFACE_STATS: { args: T.DomainInterfaceStatsArgs; ret: T.DomainInterfaceStatsRet }
  AUTH_LIST: { args: void; ret: T.AuthListRet }
  AUTH_SASL_INIT: { args: void; ret: T.AuthSaslInitRet }
  AUTH_SASL_START: { args: T.AuthSaslStartArgs; ret: T.AuthSaslStartRet }
  AUTH_SASL_STEP: { args: T.AuthSaslStepArgs; ret: T.AuthSaslStepRet }
  AUTH_POLKIT: { args: void; ret: T.AuthPolkitRet }
  /** @deprecated superseded by a later procedure */
  CONNECT_NUM_OF_STORAGE_POOLS: { args: void; ret: T.ConnectNumOfStoragePoolsRet }
  /** @deprecated superseded by a later procedure */
  CONNECT_LIST_STORAGE_POOLS: { args: T.ConnectListStoragePoolsArgs; ret: T.ConnectListStoragePoolsRet }
  /** @deprecated superseded by a later procedure */
  CONNECT_NUM_OF_DEFINED_STORAGE_POOLS: { args: void; ret: T.ConnectNumOfDefinedStoragePoolsRet }
  /** @deprecated superseded by a later procedure */
  CONNECT_LIST_DEFINED_STORAGE_POOLS: { args: T.ConnectListDefinedStoragePoolsArgs; ret: T.ConnectListDefinedStoragePoolsRet }
  CONNECT_FIND_STORAGE_POOL_SOURCES: { args: T.ConnectFindStoragePoolSourcesArgs; ret: T.ConnectFindStoragePoolSourcesRet }
  STORAGE_POOL_CREATE_XML: { args: T.StoragePoolCreateXmlArgs; ret: T.StoragePoolCreateXmlRet }
  STORAGE_POOL_DEFINE_XML: { args: T.StoragePoolDefineXmlArgs; ret: T.StoragePoolDefineXmlRet }
  STORAGE_POOL_CREATE: { args: T.StoragePoolCreateArgs; ret: void }
  STORAGE_POOL_BUILD: { args: T.StoragePoolBuildArgs; ret: void }
  STORAGE_POOL_DESTROY: { args: T.StoragePoolDestroyArgs; ret: void }
  STORAGE_POOL_DELETE: { args: T.StoragePoolDeleteArgs; ret: void }
  STORAGE_POOL_UNDEFINE: { args: T.StoragePoolUndefineArgs; ret: void }
  STORAGE_POOL_REFRESH: { args: T.StoragePoolRefreshArgs; ret: void }
  STORAGE_POOL_LOOKUP_BY_NAME: { args: T.StoragePoolLookupByNameArgs; ret: T.StoragePoolLookupByNameRet }
  STORAGE_POOL_LOOKUP_BY_UUID: { args: T.StoragePoolLookupByUuidArgs; ret: T.StoragePoolLookupByUuidRet }
  STORAGE_POOL_LOOKUP_BY_VOLUME: { args: T.StoragePoolLookupByVolumeArgs; ret: T.StoragePoolLookupByVolumeRet }
  STORAGE_POOL_GET_INFO: { args: T.StoragePoolGetInfoArgs; ret: T.StoragePoolGetInfoRet }
  STORAGE_POOL_GET_XML_DESC: { args: T.StoragePoolGetXmlDescArgs; ret: T.StoragePoolGetXmlDescRet }
  STORAGE_POOL_GET_AUTOSTART: { args: T.StoragePoolGetAutostartArgs; ret: T.StoragePoolGetAutostartRet }
  STORAGE_POOL_SET_AUTOSTART: { args: T.StoragePoolSetAutostartArgs; ret: void }
  /** @deprecated superseded by a later procedure */
  STORAGE_POOL_NUM_OF_VOLUMES: { args: T.StoragePoolNumOfVolumesArgs; ret: T.StoragePoolNumOfVolumesRet }
  /** @deprecated superseded by a later procedure */
  STORAGE_POOL_LIST_VOLUMES: { args: T.StoragePoolListVolumesArgs; ret: T.StoragePoolListVolumesRet }
  STORAGE_VOL_CREATE_XML: { args: T.StorageVolCreateXmlArgs; ret: T.StorageVolCreateXmlRet }
  STORAGE_VOL_DELETE: { args: T.StorageVolDeleteArgs; ret: void }
  STORAGE_VOL_LOOKUP_BY_NAME: { args: T.StorageVolLookupByNameArgs; ret: T.StorageVolLookupByNameRet }
  STORAGE_VOL_LOOKUP_BY_KEY: { args: T.StorageVolLookupByKeyArgs; ret: T.StorageVolLookupByKeyRet }
  STORAGE_VOL_LOOKUP_BY_PATH: { args: T.StorageVolLookupByPathArgs; ret: T.StorageVolLookupByPathRet }
  STORAGE_VOL_GET_INFO: { args: T.StorageVolGetInfoArgs; ret: T.StorageVolGetInfoRet }
  STORAGE_VOL_GET_XML_DESC: { args: T.StorageVolGetXmlDescArgs; ret: T.StorageVolGetXmlDescRet }
  STORAGE_VOL_GET_PATH: { args: T.StorageVolGetPathArgs; ret: T.StorageVolGetPathRet }
  NODE_GET_CELLS_FREE_MEMORY: { args: T.NodeGetCellsFreeMemoryArgs; ret: T.NodeGetCellsFreeMemoryRet }
  NODE_GET_FREE_MEMORY: { args: void; ret: T.NodeGetFreeMemoryRet }
  DOMAIN_BLOCK_PEEK: { args: T.DomainBlockPeekArgs; ret: T.DomainBlockPeekRet }
  DOMAIN_MEMORY_PEEK: { args: T.DomainMemoryPeekArgs; ret: T.DomainMemoryPeekRet }
  /** @deprecated superseded by a later procedure */
  CONNECT_DOMAIN_EVENT_REGISTER: { args: void; ret: T.ConnectDomainEventRegisterRet }
  /** @deprecated superseded by a later procedure */
  CONNECT_DOMAIN_EVENT_DEREGISTER: { args: void; ret: T.ConnectDomainEventDeregisterRet }
  /** @deprecated superseded by a later procedure */
  DOMAIN_MIGRATE_PREPARE2: { args: T.DomainMigratePrepare2Args; ret: T.DomainMigratePrepare2Ret }
  /** @deprecated superseded by a later procedure */
  DOMAIN_MIGRATE_FINISH2: { args: T.DomainMigrateFinish2Args; ret: T.DomainMigrateFinish2Ret }
  CONNECT_GET_URI: { args: void; ret: T.ConnectGetUriRet }
  /** @deprecated superseded by a later procedure */
  NODE_NUM_OF_DEVICES: { args: T.NodeNumOfDevicesArgs; ret: T.NodeNumOfDevicesRet }
  /** @deprecated superseded by a later procedure */
  NODE_LIST_DEVICES: { args: T.NodeListDevicesArgs; ret: T.NodeListDevicesRet }
  NODE_DEVICE_LOOKUP_BY_NAME: { args: T.NodeDeviceLookupByNameArgs; ret: T.NodeDeviceLookupByNameRet }
  NODE_DEVICE_GET_XML_DESC: { args: T.NodeDeviceGetXmlDescArgs; ret: T.NodeDeviceGetXmlDescRet }
  NODE_DEVICE_GET_PARENT: { args: T.NodeDeviceGetParentArgs; ret: T.NodeDeviceGetParentRet }
  /** @deprecated superseded by a later procedure */
  NODE_DEVICE_NUM_OF_CAPS: { args: T.NodeDeviceNumOfCapsArgs; ret: T.NodeDeviceNumOfCapsRet }
  NODE_DEVICE_LIST_CAPS: { args: T.NodeDeviceListCapsArgs; ret: T.NodeDeviceListCapsRet }
  NODE_DEVICE_DETTACH: { args: T.NodeDeviceDettachArgs; ret: void }
  NODE_DEVICE_RE_ATTACH: { args: T.NodeDeviceReAttachArgs; ret: void }
  NODE_DEVICE_RESET: { args: T.NodeDeviceResetArgs; ret: void }
  DOMAIN_GET_SECURITY_LABEL: { args: T.DomainGetSecurityLabelArgs; ret: T.DomainGetSecurityLabelRet }
  NODE_GET_SECURITY_MODEL: { args: void; ret: T.NodeGetSecurityModelRet }
  NODE_DEVICE_CREATE_XML: { args: T.NodeDeviceCreateXmlArgs; ret: T.NodeDeviceCreateXmlRet }
  NODE_DEVICE_DESTROY: { args: T.NodeDeviceDestroyArgs; ret: void }
  STORAGE_VOL_CREATE_XML_FROM: { args: T.StorageVolCreateXmlFromArgs; ret: T.StorageVolCreateXmlFromRet }
  /** @deprecated superseded by a later procedure */
  CONNECT_NUM_OF_INTERFACES: { args: void; ret: T.ConnectNumOfInterfacesRet }
  /** @deprecated superseded by a later procedure */
  CONNECT_LIST_INTERFACES: { args: T.ConnectListInterfacesArgs; ret: T.ConnectListInterfacesRet }
  INTERFACE_LOOKUP_BY_NAME: { args: T.InterfaceLookupByNameArgs; ret: T.InterfaceLookupByNameRet }
  INTERFACE_LOOKUP_BY_MAC_STRING: { args: T.InterfaceLookupByMacStringArgs; ret: T.InterfaceLookupByMacStringRet }
  INTERFACE_GET_XML_DESC: { args: T.InterfaceGetXmlDescArgs; ret: T.InterfaceGetXmlDescRet }
  INTERFACE_DEFINE_XML: { args: T.InterfaceDefineXmlArgs; ret: T.InterfaceDefineXmlRet }
  INTERFACE_UNDEFINE: { args: T.InterfaceUndefineArgs; ret: void }
  INTERFACE_CREATE: { args: T.InterfaceCreateArgs; ret: void }
  INTERFACE_DESTROY: { args: T.InterfaceDestroyArgs; ret: void }
  CONNECT_DOMAIN_XML_FROM_NATIVE: { args: T.ConnectDomainXmlFromNativeArgs; ret: T.ConnectDomainXmlFromNativeRet }
  CONNECT_DOMAIN_XML_TO_NATIVE: { args: T.ConnectDomainXmlToNativeArgs; ret: T.ConnectDomainXmlToNativeRet }
  /** @deprecated superseded by a later procedure */
  CONNECT_NUM_OF_DEFINED_INTERFACES: { args: void; ret: T.ConnectNumOfDefinedInterfacesRet }
  /** @deprecated superseded by a later procedure */
  CONNECT_LIST_DEFINED_INTERFACES: { args: T.ConnectListDefinedInterfacesArgs; ret: T.ConnectListDefinedInterfacesRet }
  /** @deprecated superseded by a later procedure */
  CONNECT_NUM_OF_SECRETS: { args: void; ret: T.ConnectNumOfSecretsRet }
  /** @deprecated superseded by a later procedure */
  CONNECT_LIST_SECRETS: { args: T.ConnectListSecretsArgs; ret: T.ConnectListSecretsRet }
  SECRET_LOOKUP_BY_UUID: { args: T.SecretLookupByUuidArgs; ret: T.SecretLookupByUuidRet }
  SECRET_DEFINE_XML: { args: T.SecretDefineXmlArgs; ret: T.SecretDefineXmlRet }
  SECRET_GET_XML_DESC: { args: T.SecretGetXmlDescArgs; ret: T.SecretGetXmlDescRet }
  SECRET_SET_VALUE: { args: T.SecretSetValueArgs; ret: void }
  SECRET_GET_VALUE: { args: T.SecretGetValueArgs; ret: T.SecretGetValueRet }
  SECRET_UNDEFINE: { args: T.SecretUndefineArgs; ret: void }
  SECRET_LOOKUP_BY_USAGE: { args: T.SecretLookupByUsageArgs; ret: T.SecretLookupByUsageRet }
  CONNECT_IS_SECURE: { args: void; ret: T.ConnectIsSecureRet }
  DOMAIN_IS_ACTIVE: { args: T.DomainIsActiveArgs; ret: T.DomainIsActiveRet }
  DOMAIN_IS_PERSISTENT: { args: T.DomainIsPersistentArgs; ret: T.DomainIsPersistentRet }
  NETWORK_IS_ACTIVE: { args: T.NetworkIsActiveArgs; ret: T.NetworkIsActiveRet }
  NETWORK_IS_PERSISTENT: { args: T.NetworkIsPersistentArgs; ret: T.NetworkIsPersistentRet }
  STORAGE_POOL_IS_ACTIVE: { args: T.StoragePoolIsActiveArgs; ret: T.StoragePoolIsActiveRet }
  STORAGE_POOL_IS_PERSISTENT: { args: T.StoragePoolIsPersistentArgs; ret: T.StoragePoolIsPersistentRet }
  INTERFACE_IS_ACTIVE: { args: T.InterfaceIsActiveArgs; ret: T.InterfaceIsActiveRet }
  CONNECT_GET_LIB_VERSION: { args: void; ret: T.ConnectGetLibVersionRet }
  CONNECT_COMPARE_CPU: { args: T.ConnectCompareCpuArgs; ret: T.ConnectCompareCpuRet }
  DOMAIN_MEMORY_STATS: { args: T.DomainMemoryStatsArgs; ret: T.DomainMemoryStatsRet }
  DOMAIN_ATTACH_DEVICE_FLAGS: { args: T.DomainAttachDeviceFlagsArgs; ret: void }
  DOMAIN_DETACH_DEVICE_FLAGS: { args: T.DomainDetachDeviceFlagsArgs; ret: void }
  CONNECT_BASELINE_CPU: { args: T.ConnectBaselineCpuArgs; ret: T.ConnectBaselineCpuRet }
  DOMAIN_GET_JOB_INFO: { args: T.DomainGetJobInfoArgs; ret: T.DomainGetJobInfoRet }
  DOMAIN_ABORT_JOB: { args: T.DomainAbortJobArgs; ret: void }
  STORAGE_VOL_WIPE: { args: T.StorageVolWipeArgs; ret: void }
  DOMAIN_MIGRATE_SET_MAX_DOWNTIME: { args: T.DomainMigrateSetMaxDowntimeArgs; ret: void }
  /** @deprecated superseded by a later procedure */
  CONNECT_DOMAIN_EVENT_REGISTER_ANY: { args: T.ConnectDomainEventRegisterAnyArgs; ret: void }
  /** @deprecated superseded by a later procedure */
  CONNECT_DOMAIN_EVENT_DEREGISTER_ANY: { args: T.ConnectDomainEventDeregisterAnyArgs; ret: void }
  DOMAIN_UPDATE_DEVICE_FLAGS: { args: T.DomainUpdateDeviceFlagsArgs; ret: void }
  NWFILTER_LOOKUP_BY_NAME: { args: T.NwfilterLookupByNameArgs; ret: T.NwfilterLookupByNameRet }
  NWFILTER_LOOKUP_BY_UUID: { args: T.NwfilterLookupByUuidArgs; ret: T.NwfilterLookupByUuidRet }
  NWFILTER_GET_XML_DESC: { args: T.NwfilterGetXmlDescArgs; ret: T.NwfilterGetXmlDescRet }
  /** @deprecated superseded by a later procedure */
  CONNECT_NUM_OF_NWFILTERS: { args: void; ret: T.ConnectNumOfNwfiltersRet }
  /** @deprecated superseded by a later procedure */
  CONNECT_LIST_NWFILTERS: { args: T.ConnectListNwfiltersArgs; ret: T.ConnectListNwfiltersRet }
  NWFILTER_DEFINE_XML: { args: T.NwfilterDefineXmlArgs; ret: T.NwfilterDefineXmlRet }
  NWFILTER_UNDEFINE: { args: T.NwfilterUndefineArgs; ret: void }
  DOMAIN_MANAGED_SAVE: { args: T.DomainManagedSaveArgs; ret: void }
  DOMAIN_HAS_MANAGED_SAVE_IMAGE: { args: T.DomainHasManagedSaveImageArgs; ret: T.DomainHasManagedSaveImageRet }
  DOMAIN_MANAGED_SAVE_REMOVE: { args: T.DomainManagedSaveRemoveArgs; ret: void }
  DOMAIN_SNAPSHOT_CREATE_XML: { args: T.DomainSnapshotCreateXmlArgs; ret: T.DomainSnapshotCreateXmlRet }
  DOMAIN_SNAPSHOT_GET_XML_DESC: { args: T.DomainSnapshotGetXmlDescArgs; ret: T.DomainSnapshotGetXmlDescRet }
  /** @deprecated superseded by a later procedure */
  DOMAIN_SNAPSHOT_NUM: { args: T.DomainSnapshotNumArgs; ret: T.DomainSnapshotNumRet }
  /** @deprecated superseded by a later procedure */
  DOMAIN_SNAPSHOT_LIST_NAMES: { args: T.DomainSnapshotListNamesArgs; ret: T.DomainSnapshotListNamesRet }
  DOMAIN_SNAPSHOT_LOOKUP_BY_NAME: { args: T.DomainSnapshotLookupByNameArgs; ret: T.DomainSnapshotLookupByNameRet }
  DOMAIN_HAS_CURRENT_SNAPSHOT: { args: T.DomainHasCurrentSnapshotArgs; ret: T.DomainHasCurrentSnapshotRet }
  DOMAIN_SNAPSHOT_CURRENT: { args: T.DomainSnapshotCurrentArgs; ret: T.DomainSnapshotCurrentRet }
  DOMAIN_REVERT_TO_SNAPSHOT: { args: T.DomainRevertToSnapshotArgs; ret: void }
  DOMAIN_SNAPSHOT_DELETE: { args: T.DomainSnapshotDeleteArgs; ret: void }
  DOMAIN_GET_BLOCK_INFO: { args: T.DomainGetBlockInfoArgs; ret: T.DomainGetBlockInfoRet }
  DOMAIN_CREATE_WITH_FLAGS: { args: T.DomainCreateWithFlagsArgs; ret: T.DomainCreateWithFlagsRet }
  DOMAIN_SET_MEMORY_PARAMETERS: { args: T.DomainSetMemoryParametersArgs; ret: void }
  DOMAIN_GET_MEMORY_PARAMETERS: { args: T.DomainGetMemoryParametersArgs; ret: T.DomainGetMemoryParametersRet }
  DOMAIN_SET_VCPUS_FLAGS: { args: T.DomainSetVcpusFlagsArgs; ret: void }
  DOMAIN_GET_VCPUS_FLAGS: { args: T.DomainGetVcpusFlagsArgs; ret: T.DomainGetVcpusFlagsRet }
  DOMAIN_IS_UPDATED: { args: T.DomainIsUpdatedArgs; ret: T.DomainIsUpdatedRet }
  CONNECT_GET_SYSINFO: { args: T.ConnectGetSysinfoArgs; ret: T.ConnectGetSysinfoRet }
  DOMAIN_SET_MEMORY_FLAGS: { args: T.DomainSetMemoryFlagsArgs; ret: void }
  DOMAIN_SET_BLKIO_PARAMETERS: { args: T.DomainSetBlkioParametersArgs; ret: void }
  DOMAIN_GET_BLKIO_PARAMETERS: { args: T.DomainGetBlkioParametersArgs; ret: T.DomainGetBlkioParametersRet }
  DOMAIN_MIGRATE_SET_MAX_SPEED: { args: T.DomainMigrateSetMaxSpeedArgs; ret: void }
  DOMAIN_INJECT_NMI: { args: T.DomainInjectNmiArgs; ret: void }
  DOMAIN_GET_STATE: { args: T.DomainGetStateArgs; ret: T.DomainGetStateRet }
  DOMAIN_MIGRATE_BEGIN3: { args: T.DomainMigrateBegin3Args; ret: T.DomainMigrateBegin3Ret }
  DOMAIN_MIGRATE_PREPARE3: { args: T.DomainMigratePrepare3Args; ret: T.DomainMigratePrepare3Ret }
  DOMAIN_MIGRATE_PERFORM3: { args: T.DomainMigratePerform3Args; ret: T.DomainMigratePerform3Ret }
  DOMAIN_MIGRATE_FINISH3: { args: T.DomainMigrateFinish3Args; ret: T.DomainMigrateFinish3Ret }
  DOMAIN_MIGRATE_CONFIRM3: { args: T.DomainMigrateConfirm3Args; ret: void }
  DOMAIN_SET_SCHEDULER_PARAMETERS_FLAGS: { args: T.DomainSetSchedulerParametersFlagsArgs; ret: void }
  INTERFACE_CHANGE_BEGIN: { args: T.InterfaceChangeBeginArgs; ret: void }
  INTERFACE_CHANGE_COMMIT: { args: T.InterfaceChangeCommitArgs; ret: void }
  INTERFACE_CHANGE_ROLLBACK: { args: T.InterfaceChangeRollbackArgs; ret: void }
  DOMAIN_GET_SCHEDULER_PARAMETERS_FLAGS: { args: T.DomainGetSchedulerParametersFlagsArgs; ret: T.DomainGetSchedulerParametersFlagsRet }
  DOMAIN_PIN_VCPU_FLAGS: { args: T.DomainPinVcpuFlagsArgs; ret: void }
  DOMAIN_SEND_KEY: { args: T.DomainSendKeyArgs; ret: void }
  NODE_GET_CPU_STATS: { args: T.NodeGetCpuStatsArgs; ret: T.NodeGetCpuStatsRet }
  NODE_GET_MEMORY_STATS: { args: T.NodeGetMemoryStatsArgs; ret: T.NodeGetMemoryStatsRet }
  DOMAIN_GET_CONTROL_INFO: { args: T.DomainGetControlInfoArgs; ret: T.DomainGetControlInfoRet }
  DOMAIN_GET_VCPU_PIN_INFO: { args: T.DomainGetVcpuPinInfoArgs; ret: T.DomainGetVcpuPinInfoRet }
  DOMAIN_UNDEFINE_FLAGS: { args: T.DomainUndefineFlagsArgs; ret: void }
  DOMAIN_SAVE_FLAGS: { args: T.DomainSaveFlagsArgs; ret: void }
  DOMAIN_RESTORE_FLAGS: { args: T.DomainRestoreFlagsArgs; ret: void }
  DOMAIN_DESTROY_FLAGS: { args: T.DomainDestroyFlagsArgs; ret: void }
  DOMAIN_SAVE_IMAGE_GET_XML_DESC: { args: T.DomainSaveImageGetXmlDescArgs; ret: T.DomainSaveImageGetXmlDescRet }
  DOMAIN_SAVE_IMAGE_DEFINE_XML: { args: T.DomainSaveImageDefineXmlArgs; ret: void }
  DOMAIN_BLOCK_JOB_ABORT: { args: T.DomainBlockJobAbortArgs; ret: void }
  DOMAIN_GET_BLOCK_JOB_INFO: { args: T.DomainGetBlockJobInfoArgs; ret: T.DomainGetBlockJobInfoRet }
  DOMAIN_BLOCK_JOB_SET_SPEED: { args: T.DomainBlockJobSetSpeedArgs; ret: void }
  DOMAIN_BLOCK_PULL: { args: T.DomainBlockPullArgs; ret: void }
  DOMAIN_MIGRATE_GET_MAX_SPEED: { args: T.DomainMigrateGetMaxSpeedArgs; ret: T.DomainMigrateGetMaxSpeedRet }
  DOMAIN_BLOCK_STATS_FLAGS: { args: T.DomainBlockStatsFlagsArgs; ret: T.DomainBlockStatsFlagsRet }
  DOMAIN_SNAPSHOT_GET_PARENT: { args: T.DomainSnapshotGetParentArgs; ret: T.DomainSnapshotGetParentRet }
  DOMAIN_RESET: { args: T.DomainResetArgs; ret: void }
  /** @deprecated superseded by a later procedure */
  DOMAIN_SNAPSHOT_NUM_CHILDREN: { args: T.DomainSnapshotNumChildrenArgs; ret: T.DomainSnapshotNumChildrenRet }
  /** @deprecated superseded by a later procedure */
  DOMAIN_SNAPSHOT_LIST_CHILDREN_NAMES: { args: T.DomainSnapshotListChildrenNamesArgs; ret: T.DomainSnapshotListChildrenNamesRet }
  NODE_SUSPEND_FOR_DURATION: { args: T.NodeSuspendForDurationArgs; ret: void }
  DOMAIN_BLOCK_RESIZE: { args: T.DomainBlockResizeArgs; ret: void }
  DOMAIN_SET_BLOCK_IO_TUNE: { args: T.DomainSetBlockIoTuneArgs; ret: void }
  DOMAIN_GET_BLOCK_IO_TUNE: { args: T.DomainGetBlockIoTuneArgs; ret: T.DomainGetBlockIoTuneRet }
  DOMAIN_SET_NUMA_PARAMETERS: { args: T.DomainSetNumaParametersArgs; ret: void }
  DOMAIN_GET_NUMA_PARAMETERS: { args: T.DomainGetNumaParametersArgs; ret: T.DomainGetNumaParametersRet }
  DOMAIN_SET_INTERFACE_PARAMETERS: { args: T.DomainSetInterfaceParametersArgs; ret: void }
  DOMAIN_GET_INTERFACE_PARAMETERS: { args: T.DomainGetInterfaceParametersArgs; ret: T.DomainGetInterfaceParametersRet }
  DOMAIN_SHUTDOWN_FLAGS: { args: T.DomainShutdownFlagsArgs; ret: void }
  STORAGE_VOL_WIPE_PATTERN: { args: T.StorageVolWipePatternArgs; ret: void }
  STORAGE_VOL_RESIZE: { args: T.StorageVolResizeArgs; ret: void }
  DOMAIN_PM_SUSPEND_FOR_DURATION: { args: T.DomainPmSuspendForDurationArgs; ret: void }
  DOMAIN_GET_CPU_STATS: { args: T.DomainGetCpuStatsArgs; ret: T.DomainGetCpuStatsRet }
  DOMAIN_GET_DISK_ERRORS: { args: T.DomainGetDiskErrorsArgs; ret: T.DomainGetDiskErrorsRet }
  DOMAIN_SET_METADATA: { args: T.DomainSetMetadataArgs; ret: void }
  DOMAIN_GET_METADATA: { args: T.DomainGetMetadataArgs; ret: T.DomainGetMetadataRet }
  DOMAIN_BLOCK_REBASE: { args: T.DomainBlockRebaseArgs; ret: void }
  DOMAIN_PM_WAKEUP: { args: T.DomainPmWakeupArgs; ret: void }
  DOMAIN_SNAPSHOT_IS_CURRENT: { args: T.DomainSnapshotIsCurrentArgs; ret: T.DomainSnapshotIsCurrentRet }
  DOMAIN_SNAPSHOT_HAS_METADATA: { args: T.DomainSnapshotHasMetadataArgs; ret: T.DomainSnapshotHasMetadataRet }
  CONNECT_LIST_ALL_DOMAINS: { args: T.ConnectListAllDomainsArgs; ret: T.ConnectListAllDomainsRet }
  DOMAIN_LIST_ALL_SNAPSHOTS: { args: T.DomainListAllSnapshotsArgs; ret: T.DomainListAllSnapshotsRet }
  DOMAIN_SNAPSHOT_LIST_ALL_CHILDREN: { args: T.DomainSnapshotListAllChildrenArgs; ret: T.DomainSnapshotListAllChildrenRet }
  DOMAIN_GET_HOSTNAME: { args: T.DomainGetHostnameArgs; ret: T.DomainGetHostnameRet }
  DOMAIN_GET_SECURITY_LABEL_LIST: { args: T.DomainGetSecurityLabelListArgs; ret: T.DomainGetSecurityLabelListRet }
  DOMAIN_PIN_EMULATOR: { args: T.DomainPinEmulatorArgs; ret: void }
  DOMAIN_GET_EMULATOR_PIN_INFO: { args: T.DomainGetEmulatorPinInfoArgs; ret: T.DomainGetEmulatorPinInfoRet }
  CONNECT_LIST_ALL_STORAGE_POOLS: { args: T.ConnectListAllStoragePoolsArgs; ret: T.ConnectListAllStoragePoolsRet }
  STORAGE_POOL_LIST_ALL_VOLUMES: { args: T.StoragePoolListAllVolumesArgs; ret: T.StoragePoolListAllVolumesRet }
  CONNECT_LIST_ALL_NETWORKS: { args: T.ConnectListAllNetworksArgs; ret: T.ConnectListAllNetworksRet }
  CONNECT_LIST_ALL_INTERFACES: { args: T.ConnectListAllInterfacesArgs; ret: T.ConnectListAllInterfacesRet }
  CONNECT_LIST_ALL_NODE_DEVICES: { args: T.ConnectListAllNodeDevicesArgs; ret: T.ConnectListAllNodeDevicesRet }
  CONNECT_LIST_ALL_NWFILTERS: { args: T.ConnectListAllNwfiltersArgs; ret: T.ConnectListAllNwfiltersRet }
  CONNECT_LIST_ALL_SECRETS: { args: T.ConnectListAllSecretsArgs; ret: T.ConnectListAllSecretsRet }
  NODE_SET_MEMORY_PARAMETERS: { args: T.NodeSetMemoryParametersArgs; ret: void }
  NODE_GET_MEMORY_PARAMETERS: { args: T.NodeGetMemoryParametersArgs; ret: T.NodeGetMemoryParametersRet }
  DOMAIN_BLOCK_COMMIT: { args: T.DomainBlockCommitArgs; ret: void }
  NETWORK_UPDATE: { args: T.NetworkUpdateArgs; ret: void }
  NODE_GET_CPU_MAP: { args: T.NodeGetCpuMapArgs; ret: T.NodeGetCpuMapRet }
  DOMAIN_FSTRIM: { args: T.DomainFstrimArgs; ret: void }
  DOMAIN_SEND_PROCESS_SIGNAL: { args: T.DomainSendProcessSignalArgs; ret: void }
  NODE_DEVICE_LOOKUP_SCSI_HOST_BY_WWN: { args: T.NodeDeviceLookupScsiHostByWwnArgs; ret: T.NodeDeviceLookupScsiHostByWwnRet }
  DOMAIN_GET_JOB_STATS: { args: T.DomainGetJobStatsArgs; ret: T.DomainGetJobStatsRet }
  DOMAIN_MIGRATE_GET_COMPRESSION_CACHE: { args: T.DomainMigrateGetCompressionCacheArgs; ret: T.DomainMigrateGetCompressionCacheRet }
  DOMAIN_MIGRATE_SET_COMPRESSION_CACHE: { args: T.DomainMigrateSetCompressionCacheArgs; ret: void }
  NODE_DEVICE_DETACH_FLAGS: { args: T.NodeDeviceDetachFlagsArgs; ret: void }
  DOMAIN_MIGRATE_BEGIN3_PARAMS: { args: T.DomainMigrateBegin3ParamsArgs; ret: T.DomainMigrateBegin3ParamsRet }
  DOMAIN_MIGRATE_PREPARE3_PARAMS: { args: T.DomainMigratePrepare3ParamsArgs; ret: T.DomainMigratePrepare3ParamsRet }
  DOMAIN_MIGRATE_PREPARE_TUNNEL3_PARAMS: { args: T.DomainMigratePrepareTunnel3ParamsArgs; ret: T.DomainMigratePrepareTunnel3ParamsRet }
  DOMAIN_MIGRATE_PERFORM3_PARAMS: { args: T.DomainMigratePerform3ParamsArgs; ret: T.DomainMigratePerform3ParamsRet }
  DOMAIN_MIGRATE_FINISH3_PARAMS: { args: T.DomainMigrateFinish3ParamsArgs; ret: T.DomainMigrateFinish3ParamsRet }
  DOMAIN_MIGRATE_CONFIRM3_PARAMS: { args: T.DomainMigrateConfirm3ParamsArgs; ret: void }
  DOMAIN_SET_MEMORY_STATS_PERIOD: { args: T.DomainSetMemoryStatsPeriodArgs; ret: void }
  CONNECT_GET_CPU_MODEL_NAMES: { args: T.ConnectGetCpuModelNamesArgs; ret: T.ConnectGetCpuModelNamesRet }
  CONNECT_NETWORK_EVENT_REGISTER_ANY: { args: T.ConnectNetworkEventRegisterAnyArgs; ret: T.ConnectNetworkEventRegisterAnyRet }
  CONNECT_NETWORK_EVENT_DEREGISTER_ANY: { args: T.ConnectNetworkEventDeregisterAnyArgs; ret: void }
  CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY: { args: T.ConnectDomainEventCallbackRegisterAnyArgs; ret: T.ConnectDomainEventCallbackRegisterAnyRet }
  CONNECT_DOMAIN_EVENT_CALLBACK_DEREGISTER_ANY: { args: T.ConnectDomainEventCallbackDeregisterAnyArgs; ret: void }
  DOMAIN_CORE_DUMP_WITH_FORMAT: { args: T.DomainCoreDumpWithFormatArgs; ret: void }
  DOMAIN_FSFREEZE: { args: T.DomainFsfreezeArgs; ret: T.DomainFsfreezeRet }
  DOMAIN_FSTHAW: { args: T.DomainFsthawArgs; ret: T.DomainFsthawRet }
  DOMAIN_GET_TIME: { args: T.DomainGetTimeArgs; ret: T.DomainGetTimeRet }
  DOMAIN_SET_TIME: { args: T.DomainSetTimeArgs; ret: void }
  NODE_GET_FREE_PAGES: { args: T.NodeGetFreePagesArgs; ret: T.NodeGetFreePagesRet }
  NETWORK_GET_DHCP_LEASES: { args: T.NetworkGetDhcpLeasesArgs; ret: T.NetworkGetDhcpLeasesRet }
  CONNECT_GET_DOMAIN_CAPABILITIES: { args: T.ConnectGetDomainCapabilitiesArgs; ret: T.ConnectGetDomainCapabilitiesRet }
  CONNECT_GET_ALL_DOMAIN_STATS: { args: T.ConnectGetAllDomainStatsArgs; ret: T.ConnectGetAllDomainStatsRet }
  DOMAIN_BLOCK_COPY: { args: T.DomainBlockCopyArgs; ret: void }
  NODE_ALLOC_PAGES: { args: T.NodeAllocPagesArgs; ret: T.NodeAllocPagesRet }
  DOMAIN_GET_FSINFO: { args: T.DomainGetFsinfoArgs; ret: T.DomainGetFsinfoRet }
  DOMAIN_DEFINE_XML_FLAGS: { args: T.DomainDefineXmlFlagsArgs; ret: T.DomainDefineXmlFlagsRet }
  DOMAIN_GET_IOTHREAD_INFO: { args: T.DomainGetIothreadInfoArgs; ret: T.DomainGetIothreadInfoRet }
  DOMAIN_PIN_IOTHREAD: { args: T.DomainPinIothreadArgs; ret: void }
  DOMAIN_INTERFACE_ADDRESSES: { args: T.DomainInterfaceAddressesArgs; ret: T.DomainInterfaceAddressesRet }
  DOMAIN_ADD_IOTHREAD: { args: T.DomainAddIothreadArgs; ret: void }
  DOMAIN_DEL_IOTHREAD: { args: T.DomainDelIothreadArgs; ret: void }
  DOMAIN_SET_USER_PASSWORD: { args: T.DomainSetUserPasswordArgs; ret: void }
  DOMAIN_RENAME: { args: T.DomainRenameArgs; ret: T.DomainRenameRet }
  CONNECT_REGISTER_CLOSE_CALLBACK: { args: void; ret: void }
  CONNECT_UNREGISTER_CLOSE_CALLBACK: { args: void; ret: void }
  DOMAIN_MIGRATE_START_POST_COPY: { args: T.DomainMigrateStartPostCopyArgs; ret: void }
  DOMAIN_GET_PERF_EVENTS: { args: T.DomainGetPerfEventsArgs; ret: T.DomainGetPerfEventsRet }
  DOMAIN_SET_PERF_EVENTS: { args: T.DomainSetPerfEventsArgs; ret: void }
  CONNECT_STORAGE_POOL_EVENT_REGISTER_ANY: { args: T.ConnectStoragePoolEventRegisterAnyArgs; ret: T.ConnectStoragePoolEventRegisterAnyRet }
  CONNECT_STORAGE_POOL_EVENT_DEREGISTER_ANY: { args: T.ConnectStoragePoolEventDeregisterAnyArgs; ret: void }
  DOMAIN_GET_GUEST_VCPUS: { args: T.DomainGetGuestVcpusArgs; ret: T.DomainGetGuestVcpusRet }
  DOMAIN_SET_GUEST_VCPUS: { args: T.DomainSetGuestVcpusArgs; ret: void }
  CONNECT_NODE_DEVICE_EVENT_REGISTER_ANY: { args: T.ConnectNodeDeviceEventRegisterAnyArgs; ret: T.ConnectNodeDeviceEventRegisterAnyRet }
  CONNECT_NODE_DEVICE_EVENT_DEREGISTER_ANY: { args: T.ConnectNodeDeviceEventDeregisterAnyArgs; ret: void }
  STORAGE_VOL_GET_INFO_FLAGS: { args: T.StorageVolGetInfoFlagsArgs; ret: T.StorageVolGetInfoFlagsRet }
  CONNECT_SECRET_EVENT_REGISTER_ANY: { args: T.ConnectSecretEventRegisterAnyArgs; ret: T.ConnectSecretEventRegisterAnyRet }
  CONNECT_SECRET_EVENT_DEREGISTER_ANY: { args: T.ConnectSecretEventDeregisterAnyArgs; ret: void }
  DOMAIN_SET_VCPU: { args: T.DomainSetVcpuArgs; ret: void }
  DOMAIN_SET_BLOCK_THRESHOLD: { args: T.DomainSetBlockThresholdArgs; ret: void }
  DOMAIN_MIGRATE_GET_MAX_DOWNTIME: { args: T.DomainMigrateGetMaxDowntimeArgs; ret: T.DomainMigrateGetMaxDowntimeRet }
  DOMAIN_MANAGED_SAVE_GET_XML_DESC: { args: T.DomainManagedSaveGetXmlDescArgs; ret: T.DomainManagedSaveGetXmlDescRet }
  DOMAIN_MANAGED_SAVE_DEFINE_XML: { args: T.DomainManagedSaveDefineXmlArgs; ret: void }
  DOMAIN_SET_LIFECYCLE_ACTION: { args: T.DomainSetLifecycleActionArgs; ret: void }
  STORAGE_POOL_LOOKUP_BY_TARGET_PATH: { args: T.StoragePoolLookupByTargetPathArgs; ret: T.StoragePoolLookupByTargetPathRet }
  DOMAIN_DETACH_DEVICE_ALIAS: { args: T.DomainDetachDeviceAliasArgs; ret: void }
  CONNECT_COMPARE_HYPERVISOR_CPU: { args: T.ConnectCompareHypervisorCpuArgs; ret: T.ConnectCompareHypervisorCpuRet }
  CONNECT_BASELINE_HYPERVISOR_CPU: { args: T.ConnectBaselineHypervisorCpuArgs; ret: T.ConnectBaselineHypervisorCpuRet }
  NODE_GET_SEV_INFO: { args: T.NodeGetSevInfoArgs; ret: T.NodeGetSevInfoRet }
  DOMAIN_GET_LAUNCH_SECURITY_INFO: { args: T.DomainGetLaunchSecurityInfoArgs; ret: T.DomainGetLaunchSecurityInfoRet }
  NWFILTER_BINDING_LOOKUP_BY_PORT_DEV: { args: T.NwfilterBindingLookupByPortDevArgs; ret: T.NwfilterBindingLookupByPortDevRet }
  NWFILTER_BINDING_GET_XML_DESC: { args: T.NwfilterBindingGetXmlDescArgs; ret: T.NwfilterBindingGetXmlDescRet }
  NWFILTER_BINDING_CREATE_XML: { args: T.NwfilterBindingCreateXmlArgs; ret: T.NwfilterBindingCreateXmlRet }
  NWFILTER_BINDING_DELETE: { args: T.NwfilterBindingDeleteArgs; ret: void }
  CONNECT_LIST_ALL_NWFILTER_BINDINGS: { args: T.ConnectListAllNwfilterBindingsArgs; ret: T.ConnectListAllNwfilterBindingsRet }
  DOMAIN_SET_IOTHREAD_PARAMS: { args: T.DomainSetIothreadParamsArgs; ret: void }
  CONNECT_GET_STORAGE_POOL_CAPABILITIES: { args: T.ConnectGetStoragePoolCapabilitiesArgs; ret: T.ConnectGetStoragePoolCapabilitiesRet }
  NETWORK_LIST_ALL_PORTS: { args: T.NetworkListAllPortsArgs; ret: T.NetworkListAllPortsRet }
  NETWORK_PORT_LOOKUP_BY_UUID: { args: T.NetworkPortLookupByUuidArgs; ret: T.NetworkPortLookupByUuidRet }
  NETWORK_PORT_CREATE_XML: { args: T.NetworkPortCreateXmlArgs; ret: T.NetworkPortCreateXmlRet }
  NETWORK_PORT_GET_PARAMETERS: { args: T.NetworkPortGetParametersArgs; ret: T.NetworkPortGetParametersRet }
  NETWORK_PORT_SET_PARAMETERS: { args: T.NetworkPortSetParametersArgs; ret: void }
  NETWORK_PORT_GET_XML_DESC: { args: T.NetworkPortGetXmlDescArgs; ret: T.NetworkPortGetXmlDescRet }
  NETWORK_PORT_DELETE: { args: T.NetworkPortDeleteArgs; ret: void }
  DOMAIN_CHECKPOINT_CREATE_XML: { args: T.DomainCheckpointCreateXmlArgs; ret: T.DomainCheckpointCreateXmlRet }
  DOMAIN_CHECKPOINT_GET_XML_DESC: { args: T.DomainCheckpointGetXmlDescArgs; ret: T.DomainCheckpointGetXmlDescRet }
  DOMAIN_LIST_ALL_CHECKPOINTS: { args: T.DomainListAllCheckpointsArgs; ret: T.DomainListAllCheckpointsRet }
  DOMAIN_CHECKPOINT_LIST_ALL_CHILDREN: { args: T.DomainCheckpointListAllChildrenArgs; ret: T.DomainCheckpointListAllChildrenRet }
  DOMAIN_CHECKPOINT_LOOKUP_BY_NAME: { args: T.DomainCheckpointLookupByNameArgs; ret: T.DomainCheckpointLookupByNameRet }
  DOMAIN_CHECKPOINT_GET_PARENT: { args: T.DomainCheckpointGetParentArgs; ret: T.DomainCheckpointGetParentRet }
  DOMAIN_CHECKPOINT_DELETE: { args: T.DomainCheckpointDeleteArgs; ret: void }
  DOMAIN_GET_GUEST_INFO: { args: T.DomainGetGuestInfoArgs; ret: T.DomainGetGuestInfoRet }
  CONNECT_SET_IDENTITY: { args: T.ConnectSetIdentityArgs; ret: void }
  DOMAIN_AGENT_SET_RESPONSE_TIMEOUT: { args: T.DomainAgentSetResponseTimeoutArgs; ret: T.DomainAgentSetResponseTimeoutRet }
  DOMAIN_BACKUP_BEGIN: { args: T.DomainBackupBeginArgs; ret: void }
  DOMAIN_BACKUP_GET_XML_DESC: { args: T.DomainBackupGetXmlDescArgs; ret: T.DomainBackupGetXmlDescRet }
  DOMAIN_AUTHORIZED_SSH_KEYS_GET: { args: T.DomainAuthorizedSshKeysGetArgs; ret: T.DomainAuthorizedSshKeysGetRet }
  DOMAIN_AUTHORIZED_SSH_KEYS_SET: { args: T.DomainAuthorizedSshKeysSetArgs; ret: void }
  DOMAIN_GET_MESSAGES: { args: T.DomainGetMessagesArgs; ret: T.DomainGetMessagesRet }
  DOMAIN_START_DIRTY_RATE_CALC: { args: T.DomainStartDirtyRateCalcArgs; ret: void }
  NODE_DEVICE_DEFINE_XML: { args: T.NodeDeviceDefineXmlArgs; ret: T.NodeDeviceDefineXmlRet }
  NODE_DEVICE_UNDEFINE: { args: T.NodeDeviceUndefineArgs; ret: void }
  NODE_DEVICE_CREATE: { args: T.NodeDeviceCreateArgs; ret: void }
  NWFILTER_DEFINE_XML_FLAGS: { args: T.NwfilterDefineXmlFlagsArgs; ret: T.NwfilterDefineXmlFlagsRet }
  NETWORK_DEFINE_XML_FLAGS: { args: T.NetworkDefineXmlFlagsArgs; ret: T.NetworkDefineXmlFlagsRet }
  NODE_DEVICE_GET_AUTOSTART: { args: T.NodeDeviceGetAutostartArgs; ret: T.NodeDeviceGetAutostartRet }
  NODE_DEVICE_SET_AUTOSTART: { args: T.NodeDeviceSetAutostartArgs; ret: void }
  NODE_DEVICE_IS_PERSISTENT: { args: T.NodeDeviceIsPersistentArgs; ret: T.NodeDeviceIsPersistentRet }
  NODE_DEVICE_IS_ACTIVE: { args: T.NodeDeviceIsActiveArgs; ret: T.NodeDeviceIsActiveRet }
  NETWORK_CREATE_XML_FLAGS: { args: T.NetworkCreateXmlFlagsArgs; ret: T.NetworkCreateXmlFlagsRet }
  DOMAIN_SET_LAUNCH_SECURITY_STATE: { args: T.DomainSetLaunchSecurityStateArgs; ret: void }
  DOMAIN_SAVE_PARAMS: { args: T.DomainSaveParamsArgs; ret: void }
  DOMAIN_RESTORE_PARAMS: { args: T.DomainRestoreParamsArgs; ret: void }
  DOMAIN_ABORT_JOB_FLAGS: { args: T.DomainAbortJobFlagsArgs; ret: void }
  NETWORK_SET_METADATA: { args: T.NetworkSetMetadataArgs; ret: void }
  NETWORK_GET_METADATA: { args: T.NetworkGetMetadataArgs; ret: T.NetworkGetMetadataRet }
  NODE_DEVICE_UPDATE: { args: T.NodeDeviceUpdateArgs; ret: void }
  DOMAIN_GRAPHICS_RELOAD: { args: T.DomainGraphicsReloadArgs; ret: void }
  DOMAIN_GET_AUTOSTART_ONCE: { args: T.DomainGetAutostartOnceArgs; ret: T.DomainGetAutostartOnceRet }
  DOMAIN_SET_AUTOSTART_ONCE: { args: T.DomainSetAutostartOnceArgs; ret: void }
  DOMAIN_SET_THROTTLE_GROUP: { args: T.DomainSetThrottleGroupArgs; ret: void }
  DOMAIN_DEL_THROTTLE_GROUP: { args: T.DomainDelThrottleGroupArgs; ret: void }
  DOMAIN_ANNOUNCE_INTERFACE: { args: T.DomainAnnounceInterfaceArgs; ret: void }
  QEMU_DOMAIN_MONITOR_COMMAND: { args: T.QemuDomainMonitorCommandArgs; ret: T.QemuDomainMonitorCommandRet }
  QEMU_DOMAIN_ATTACH: { args: T.QemuDomainAttachArgs; ret: T.QemuDomainAttachRet }
  QEMU_DOMAIN_AGENT_COMMAND: { args: T.QemuDomainAgentCommandArgs; ret: T.QemuDomainAgentCommandRet }
  QEMU_CONNECT_DOMAIN_MONITOR_EVENT_REGISTER: { args: T.QemuConnectDomainMonitorEventRegisterArgs; ret: T.QemuConnectDomainMonitorEventRegisterRet }
  QEMU_CONNECT_DOMAIN_MONITOR_EVENT_DEREGISTER: { args: T.QemuConnectDomainMonitorEventDeregisterArgs; ret: void }
}
/** Calls that open a stream beside answering. */
export interface LibvirtStreamCalls {
  /** @deprecated superseded by a later procedure */
  DOMAIN_MIGRATE_PREPARE_TUNNEL: { args: T.DomainMigratePrepareTunnelArgs; ret: void }
  DOMAIN_OPEN_CONSOLE: { args: T.DomainOpenConsoleArgs; ret: void }
  STORAGE_VOL_UPLOAD: { args: T.StorageVolUploadArgs; ret: void }
  STORAGE_VOL_DOWNLOAD: { args: T.StorageVolDownloadArgs; ret: void }
  DOMAIN_SCREENSHOT: { args: T.DomainScreenshotArgs; ret: T.DomainScreenshotRet }
  DOMAIN_MIGRATE_PREPARE_TUNNEL3: { args: T.DomainMigratePrepareTunnel3Args; ret: T.DomainMigratePrepareTunnel3Ret }
  DOMAIN_OPEN_CHANNEL: { args: T.DomainOpenChannelArgs; ret: void }
}
export const libvirtCalls: CallTable<LibvirtCalls> = {
  CONNECT_OPEN: { name: 'CONNECT_OPEN', program: 536903814, num: 1, writeArgs: W.writeConnectOpenArgs, readRet: null, serverPriority: 'high', since: 3 },
  CONNECT_CLOSE: { name: 'CONNECT_CLOSE', program: 536903814, num: 2, writeArgs: null, readRet: null, serverPriority: 'high', since: 3 },
  CONNECT_GET_TYPE: { name: 'CONNECT_GET_TYPE', program: 536903814, num: 3, writeArgs: null, readRet: R.readConnectGetTypeRet, serverPriority: 'high', since: 3 },
  CONNECT_GET_VERSION: { name: 'CONNECT_GET_VERSION', program: 536903814, num: 4, writeArgs: null, readRet: R.readConnectGetVersionRet, serverPriority: 'high', since: 3 },
  CONNECT_GET_MAX_VCPUS: { name: 'CONNECT_GET_MAX_VCPUS', program: 536903814, num: 5, writeArgs: W.writeConnectGetMaxVcpusArgs, readRet: R.readConnectGetMaxVcpusRet, serverPriority: 'high', since: 2001 },
  NODE_GET_INFO: { name: 'NODE_GET_INFO', program: 536903814, num: 6, writeArgs: null, readRet: R.readNodeGetInfoRet, serverPriority: 'high', since: 1000 },
  CONNECT_GET_CAPABILITIES: { name: 'CONNECT_GET_CAPABILITIES', program: 536903814, num: 7, writeArgs: null, readRet: R.readConnectGetCapabilitiesRet, since: 2001 },
  DOMAIN_ATTACH_DEVICE: { name: 'DOMAIN_ATTACH_DEVICE', program: 536903814, num: 8, writeArgs: W.writeDomainAttachDeviceArgs, readRet: null, since: 1009 },
  DOMAIN_CREATE: { name: 'DOMAIN_CREATE', program: 536903814, num: 9, writeArgs: W.writeDomainCreateArgs, readRet: null, since: 1001 },
  DOMAIN_CREATE_XML: { name: 'DOMAIN_CREATE_XML', program: 536903814, num: 10, writeArgs: W.writeDomainCreateXmlArgs, readRet: R.readDomainCreateXmlRet, since: 5000 },
  DOMAIN_DEFINE_XML: { name: 'DOMAIN_DEFINE_XML', program: 536903814, num: 11, writeArgs: W.writeDomainDefineXmlArgs, readRet: R.readDomainDefineXmlRet, serverPriority: 'high', since: 1001 },
  DOMAIN_DESTROY: { name: 'DOMAIN_DESTROY', program: 536903814, num: 12, writeArgs: W.writeDomainDestroyArgs, readRet: null, serverPriority: 'high', since: 3 },
  DOMAIN_DETACH_DEVICE: { name: 'DOMAIN_DETACH_DEVICE', program: 536903814, num: 13, writeArgs: W.writeDomainDetachDeviceArgs, readRet: null, since: 1009 },
  DOMAIN_GET_XML_DESC: { name: 'DOMAIN_GET_XML_DESC', program: 536903814, num: 14, writeArgs: W.writeDomainGetXmlDescArgs, readRet: R.readDomainGetXmlDescRet, since: 3 },
  DOMAIN_GET_AUTOSTART: { name: 'DOMAIN_GET_AUTOSTART', program: 536903814, num: 15, writeArgs: W.writeDomainGetAutostartArgs, readRet: R.readDomainGetAutostartRet, serverPriority: 'high', since: 2001 },
  DOMAIN_GET_INFO: { name: 'DOMAIN_GET_INFO', program: 536903814, num: 16, writeArgs: W.writeDomainGetInfoArgs, readRet: R.readDomainGetInfoRet, since: 3 },
  DOMAIN_GET_MAX_MEMORY: { name: 'DOMAIN_GET_MAX_MEMORY', program: 536903814, num: 17, writeArgs: W.writeDomainGetMaxMemoryArgs, readRet: R.readDomainGetMaxMemoryRet, serverPriority: 'high', since: 3 },
  DOMAIN_GET_MAX_VCPUS: { name: 'DOMAIN_GET_MAX_VCPUS', program: 536903814, num: 18, writeArgs: W.writeDomainGetMaxVcpusArgs, readRet: R.readDomainGetMaxVcpusRet, serverPriority: 'high', since: 2001 },
  DOMAIN_GET_OS_TYPE: { name: 'DOMAIN_GET_OS_TYPE', program: 536903814, num: 19, writeArgs: W.writeDomainGetOsTypeArgs, readRet: R.readDomainGetOsTypeRet, serverPriority: 'high', since: 3 },
  DOMAIN_GET_VCPUS: { name: 'DOMAIN_GET_VCPUS', program: 536903814, num: 20, writeArgs: W.writeDomainGetVcpusArgs, readRet: R.readDomainGetVcpusRet, serverPriority: 'high', since: 1004 },
  CONNECT_LIST_DEFINED_DOMAINS: { name: 'CONNECT_LIST_DEFINED_DOMAINS', program: 536903814, num: 21, writeArgs: W.writeConnectListDefinedDomainsArgs, readRet: R.readConnectListDefinedDomainsRet, serverPriority: 'high', since: 1001 },
  DOMAIN_LOOKUP_BY_ID: { name: 'DOMAIN_LOOKUP_BY_ID', program: 536903814, num: 22, writeArgs: W.writeDomainLookupByIdArgs, readRet: R.readDomainLookupByIdRet, serverPriority: 'high', since: 3 },
  DOMAIN_LOOKUP_BY_NAME: { name: 'DOMAIN_LOOKUP_BY_NAME', program: 536903814, num: 23, writeArgs: W.writeDomainLookupByNameArgs, readRet: R.readDomainLookupByNameRet, serverPriority: 'high', since: 3 },
  DOMAIN_LOOKUP_BY_UUID: { name: 'DOMAIN_LOOKUP_BY_UUID', program: 536903814, num: 24, writeArgs: W.writeDomainLookupByUuidArgs, readRet: R.readDomainLookupByUuidRet, serverPriority: 'high', since: 5 },
  CONNECT_NUM_OF_DEFINED_DOMAINS: { name: 'CONNECT_NUM_OF_DEFINED_DOMAINS', program: 536903814, num: 25, writeArgs: null, readRet: R.readConnectNumOfDefinedDomainsRet, serverPriority: 'high', since: 1005 },
  DOMAIN_PIN_VCPU: { name: 'DOMAIN_PIN_VCPU', program: 536903814, num: 26, writeArgs: W.writeDomainPinVcpuArgs, readRet: null, since: 1004 },
  DOMAIN_REBOOT: { name: 'DOMAIN_REBOOT', program: 536903814, num: 27, writeArgs: W.writeDomainRebootArgs, readRet: null, since: 1000 },
  DOMAIN_RESUME: { name: 'DOMAIN_RESUME', program: 536903814, num: 28, writeArgs: W.writeDomainResumeArgs, readRet: null, since: 3 },
  DOMAIN_SET_AUTOSTART: { name: 'DOMAIN_SET_AUTOSTART', program: 536903814, num: 29, writeArgs: W.writeDomainSetAutostartArgs, readRet: null, serverPriority: 'high', since: 2001 },
  DOMAIN_SET_MAX_MEMORY: { name: 'DOMAIN_SET_MAX_MEMORY', program: 536903814, num: 30, writeArgs: W.writeDomainSetMaxMemoryArgs, readRet: null, serverPriority: 'high', since: 3 },
  DOMAIN_SET_MEMORY: { name: 'DOMAIN_SET_MEMORY', program: 536903814, num: 31, writeArgs: W.writeDomainSetMemoryArgs, readRet: null, since: 1001 },
  DOMAIN_SET_VCPUS: { name: 'DOMAIN_SET_VCPUS', program: 536903814, num: 32, writeArgs: W.writeDomainSetVcpusArgs, readRet: null, since: 1004 },
  DOMAIN_SHUTDOWN: { name: 'DOMAIN_SHUTDOWN', program: 536903814, num: 33, writeArgs: W.writeDomainShutdownArgs, readRet: null, since: 3 },
  DOMAIN_SUSPEND: { name: 'DOMAIN_SUSPEND', program: 536903814, num: 34, writeArgs: W.writeDomainSuspendArgs, readRet: null, since: 3 },
  DOMAIN_UNDEFINE: { name: 'DOMAIN_UNDEFINE', program: 536903814, num: 35, writeArgs: W.writeDomainUndefineArgs, readRet: null, serverPriority: 'high', since: 1001 },
  CONNECT_LIST_DEFINED_NETWORKS: { name: 'CONNECT_LIST_DEFINED_NETWORKS', program: 536903814, num: 36, writeArgs: W.writeConnectListDefinedNetworksArgs, readRet: R.readConnectListDefinedNetworksRet, serverPriority: 'high', since: 2000 },
  CONNECT_LIST_DOMAINS: { name: 'CONNECT_LIST_DOMAINS', program: 536903814, num: 37, writeArgs: W.writeConnectListDomainsArgs, readRet: R.readConnectListDomainsRet, serverPriority: 'high', since: 3 },
  CONNECT_LIST_NETWORKS: { name: 'CONNECT_LIST_NETWORKS', program: 536903814, num: 38, writeArgs: W.writeConnectListNetworksArgs, readRet: R.readConnectListNetworksRet, serverPriority: 'high', since: 2000 },
  NETWORK_CREATE: { name: 'NETWORK_CREATE', program: 536903814, num: 39, writeArgs: W.writeNetworkCreateArgs, readRet: null, since: 2000 },
  NETWORK_CREATE_XML: { name: 'NETWORK_CREATE_XML', program: 536903814, num: 40, writeArgs: W.writeNetworkCreateXmlArgs, readRet: R.readNetworkCreateXmlRet, since: 2000 },
  NETWORK_DEFINE_XML: { name: 'NETWORK_DEFINE_XML', program: 536903814, num: 41, writeArgs: W.writeNetworkDefineXmlArgs, readRet: R.readNetworkDefineXmlRet, serverPriority: 'high', since: 2000 },
  NETWORK_DESTROY: { name: 'NETWORK_DESTROY', program: 536903814, num: 42, writeArgs: W.writeNetworkDestroyArgs, readRet: null, serverPriority: 'high', since: 2000 },
  NETWORK_GET_XML_DESC: { name: 'NETWORK_GET_XML_DESC', program: 536903814, num: 43, writeArgs: W.writeNetworkGetXmlDescArgs, readRet: R.readNetworkGetXmlDescRet, serverPriority: 'high', since: 2000 },
  NETWORK_GET_AUTOSTART: { name: 'NETWORK_GET_AUTOSTART', program: 536903814, num: 44, writeArgs: W.writeNetworkGetAutostartArgs, readRet: R.readNetworkGetAutostartRet, serverPriority: 'high', since: 2001 },
  NETWORK_GET_BRIDGE_NAME: { name: 'NETWORK_GET_BRIDGE_NAME', program: 536903814, num: 45, writeArgs: W.writeNetworkGetBridgeNameArgs, readRet: R.readNetworkGetBridgeNameRet, serverPriority: 'high', since: 2000 },
  NETWORK_LOOKUP_BY_NAME: { name: 'NETWORK_LOOKUP_BY_NAME', program: 536903814, num: 46, writeArgs: W.writeNetworkLookupByNameArgs, readRet: R.readNetworkLookupByNameRet, serverPriority: 'high', since: 2000 },
  NETWORK_LOOKUP_BY_UUID: { name: 'NETWORK_LOOKUP_BY_UUID', program: 536903814, num: 47, writeArgs: W.writeNetworkLookupByUuidArgs, readRet: R.readNetworkLookupByUuidRet, serverPriority: 'high', since: 2000 },
  NETWORK_SET_AUTOSTART: { name: 'NETWORK_SET_AUTOSTART', program: 536903814, num: 48, writeArgs: W.writeNetworkSetAutostartArgs, readRet: null, serverPriority: 'high', since: 2001 },
  NETWORK_UNDEFINE: { name: 'NETWORK_UNDEFINE', program: 536903814, num: 49, writeArgs: W.writeNetworkUndefineArgs, readRet: null, serverPriority: 'high', since: 2000 },
  CONNECT_NUM_OF_DEFINED_NETWORKS: { name: 'CONNECT_NUM_OF_DEFINED_NETWORKS', program: 536903814, num: 50, writeArgs: null, readRet: R.readConnectNumOfDefinedNetworksRet, serverPriority: 'high', since: 2000 },
  CONNECT_NUM_OF_DOMAINS: { name: 'CONNECT_NUM_OF_DOMAINS', program: 536903814, num: 51, writeArgs: null, readRet: R.readConnectNumOfDomainsRet, serverPriority: 'high', since: 3 },
  CONNECT_NUM_OF_NETWORKS: { name: 'CONNECT_NUM_OF_NETWORKS', program: 536903814, num: 52, writeArgs: null, readRet: R.readConnectNumOfNetworksRet, serverPriority: 'high', since: 2000 },
  DOMAIN_CORE_DUMP: { name: 'DOMAIN_CORE_DUMP', program: 536903814, num: 53, writeArgs: W.writeDomainCoreDumpArgs, readRet: null, since: 1009 },
  DOMAIN_RESTORE: { name: 'DOMAIN_RESTORE', program: 536903814, num: 54, writeArgs: W.writeDomainRestoreArgs, readRet: null, since: 3 },
  DOMAIN_SAVE: { name: 'DOMAIN_SAVE', program: 536903814, num: 55, writeArgs: W.writeDomainSaveArgs, readRet: null, since: 3 },
  DOMAIN_GET_SCHEDULER_TYPE: { name: 'DOMAIN_GET_SCHEDULER_TYPE', program: 536903814, num: 56, writeArgs: W.writeDomainGetSchedulerTypeArgs, readRet: R.readDomainGetSchedulerTypeRet, since: 2003 },
  DOMAIN_GET_SCHEDULER_PARAMETERS: { name: 'DOMAIN_GET_SCHEDULER_PARAMETERS', program: 536903814, num: 57, writeArgs: W.writeDomainGetSchedulerParametersArgs, readRet: R.readDomainGetSchedulerParametersRet, since: 2003 },
  DOMAIN_SET_SCHEDULER_PARAMETERS: { name: 'DOMAIN_SET_SCHEDULER_PARAMETERS', program: 536903814, num: 58, writeArgs: W.writeDomainSetSchedulerParametersArgs, readRet: null, since: 2003 },
  CONNECT_GET_HOSTNAME: { name: 'CONNECT_GET_HOSTNAME', program: 536903814, num: 59, writeArgs: null, readRet: R.readConnectGetHostnameRet, serverPriority: 'high', since: 3000 },
  CONNECT_SUPPORTS_FEATURE: { name: 'CONNECT_SUPPORTS_FEATURE', program: 536903814, num: 60, writeArgs: W.writeConnectSupportsFeatureArgs, readRet: R.readConnectSupportsFeatureRet, serverPriority: 'high' },
  DOMAIN_MIGRATE_PREPARE: { name: 'DOMAIN_MIGRATE_PREPARE', program: 536903814, num: 61, writeArgs: W.writeDomainMigratePrepareArgs, readRet: R.readDomainMigratePrepareRet },
  DOMAIN_MIGRATE_PERFORM: { name: 'DOMAIN_MIGRATE_PERFORM', program: 536903814, num: 62, writeArgs: W.writeDomainMigratePerformArgs, readRet: null },
  DOMAIN_MIGRATE_FINISH: { name: 'DOMAIN_MIGRATE_FINISH', program: 536903814, num: 63, writeArgs: W.writeDomainMigrateFinishArgs, readRet: R.readDomainMigrateFinishRet },
  DOMAIN_BLOCK_STATS: { name: 'DOMAIN_BLOCK_STATS', program: 536903814, num: 64, writeArgs: W.writeDomainBlockStatsArgs, readRet: R.readDomainBlockStatsRet, since: 3002 },
  DOMAIN_INTERFACE_STATS: { name: 'DOMAIN_INTERFACE_STATS', program: 536903814, num: 65, writeArgs: W.writeDomainInterfaceStatsArgs, readRet: R.readDomainInterfaceStatsRet, serverPriority: 'high', since: 3002 },
  AUTH_LIST: { name: 'AUTH_LIST', program: 536903814, num: 66, writeArgs: null, readRet: R.readAuthListRet, serverPriority: 'high' },
  AUTH_SASL_INIT: { name: 'AUTH_SASL_INIT', program: 536903814, num: 67, writeArgs: null, readRet: R.readAuthSaslInitRet, serverPriority: 'high' },
  AUTH_SASL_START: { name: 'AUTH_SASL_START', program: 536903814, num: 68, writeArgs: W.writeAuthSaslStartArgs, readRet: R.readAuthSaslStartRet, serverPriority: 'high' },
  AUTH_SASL_STEP: { name: 'AUTH_SASL_STEP', program: 536903814, num: 69, writeArgs: W.writeAuthSaslStepArgs, readRet: R.readAuthSaslStepRet, serverPriority: 'high' },
  AUTH_POLKIT: { name: 'AUTH_POLKIT', program: 536903814, num: 70, writeArgs: null, readRet: R.readAuthPolkitRet, serverPriority: 'high' },
  CONNECT_NUM_OF_STORAGE_POOLS: { name: 'CONNECT_NUM_OF_STORAGE_POOLS', program: 536903814, num: 71, writeArgs: null, readRet: R.readConnectNumOfStoragePoolsRet, serverPriority: 'high', since: 4001 },
  CONNECT_LIST_STORAGE_POOLS: { name: 'CONNECT_LIST_STORAGE_POOLS', program: 536903814, num: 72, writeArgs: W.writeConnectListStoragePoolsArgs, readRet: R.readConnectListStoragePoolsRet, serverPriority: 'high', since: 4001 },
  CONNECT_NUM_OF_DEFINED_STORAGE_POOLS: { name: 'CONNECT_NUM_OF_DEFINED_STORAGE_POOLS', program: 536903814, num: 73, writeArgs: null, readRet: R.readConnectNumOfDefinedStoragePoolsRet, serverPriority: 'high', since: 4001 },
  CONNECT_LIST_DEFINED_STORAGE_POOLS: { name: 'CONNECT_LIST_DEFINED_STORAGE_POOLS', program: 536903814, num: 74, writeArgs: W.writeConnectListDefinedStoragePoolsArgs, readRet: R.readConnectListDefinedStoragePoolsRet, serverPriority: 'high', since: 4001 },
  CONNECT_FIND_STORAGE_POOL_SOURCES: { name: 'CONNECT_FIND_STORAGE_POOL_SOURCES', program: 536903814, num: 75, writeArgs: W.writeConnectFindStoragePoolSourcesArgs, readRet: R.readConnectFindStoragePoolSourcesRet, since: 4005 },
  STORAGE_POOL_CREATE_XML: { name: 'STORAGE_POOL_CREATE_XML', program: 536903814, num: 76, writeArgs: W.writeStoragePoolCreateXmlArgs, readRet: R.readStoragePoolCreateXmlRet, since: 4001 },
  STORAGE_POOL_DEFINE_XML: { name: 'STORAGE_POOL_DEFINE_XML', program: 536903814, num: 77, writeArgs: W.writeStoragePoolDefineXmlArgs, readRet: R.readStoragePoolDefineXmlRet, serverPriority: 'high', since: 4001 },
  STORAGE_POOL_CREATE: { name: 'STORAGE_POOL_CREATE', program: 536903814, num: 78, writeArgs: W.writeStoragePoolCreateArgs, readRet: null, since: 4001 },
  STORAGE_POOL_BUILD: { name: 'STORAGE_POOL_BUILD', program: 536903814, num: 79, writeArgs: W.writeStoragePoolBuildArgs, readRet: null, since: 4001 },
  STORAGE_POOL_DESTROY: { name: 'STORAGE_POOL_DESTROY', program: 536903814, num: 80, writeArgs: W.writeStoragePoolDestroyArgs, readRet: null, serverPriority: 'high', since: 4001 },
  STORAGE_POOL_DELETE: { name: 'STORAGE_POOL_DELETE', program: 536903814, num: 81, writeArgs: W.writeStoragePoolDeleteArgs, readRet: null, since: 4001 },
  STORAGE_POOL_UNDEFINE: { name: 'STORAGE_POOL_UNDEFINE', program: 536903814, num: 82, writeArgs: W.writeStoragePoolUndefineArgs, readRet: null, serverPriority: 'high', since: 4001 },
  STORAGE_POOL_REFRESH: { name: 'STORAGE_POOL_REFRESH', program: 536903814, num: 83, writeArgs: W.writeStoragePoolRefreshArgs, readRet: null, since: 4001 },
  STORAGE_POOL_LOOKUP_BY_NAME: { name: 'STORAGE_POOL_LOOKUP_BY_NAME', program: 536903814, num: 84, writeArgs: W.writeStoragePoolLookupByNameArgs, readRet: R.readStoragePoolLookupByNameRet, serverPriority: 'high', since: 4001 },
  STORAGE_POOL_LOOKUP_BY_UUID: { name: 'STORAGE_POOL_LOOKUP_BY_UUID', program: 536903814, num: 85, writeArgs: W.writeStoragePoolLookupByUuidArgs, readRet: R.readStoragePoolLookupByUuidRet, serverPriority: 'high', since: 4001 },
  STORAGE_POOL_LOOKUP_BY_VOLUME: { name: 'STORAGE_POOL_LOOKUP_BY_VOLUME', program: 536903814, num: 86, writeArgs: W.writeStoragePoolLookupByVolumeArgs, readRet: R.readStoragePoolLookupByVolumeRet, serverPriority: 'high', since: 4001 },
  STORAGE_POOL_GET_INFO: { name: 'STORAGE_POOL_GET_INFO', program: 536903814, num: 87, writeArgs: W.writeStoragePoolGetInfoArgs, readRet: R.readStoragePoolGetInfoRet, serverPriority: 'high', since: 4001 },
  STORAGE_POOL_GET_XML_DESC: { name: 'STORAGE_POOL_GET_XML_DESC', program: 536903814, num: 88, writeArgs: W.writeStoragePoolGetXmlDescArgs, readRet: R.readStoragePoolGetXmlDescRet, serverPriority: 'high', since: 4001 },
  STORAGE_POOL_GET_AUTOSTART: { name: 'STORAGE_POOL_GET_AUTOSTART', program: 536903814, num: 89, writeArgs: W.writeStoragePoolGetAutostartArgs, readRet: R.readStoragePoolGetAutostartRet, serverPriority: 'high', since: 4001 },
  STORAGE_POOL_SET_AUTOSTART: { name: 'STORAGE_POOL_SET_AUTOSTART', program: 536903814, num: 90, writeArgs: W.writeStoragePoolSetAutostartArgs, readRet: null, serverPriority: 'high', since: 4001 },
  STORAGE_POOL_NUM_OF_VOLUMES: { name: 'STORAGE_POOL_NUM_OF_VOLUMES', program: 536903814, num: 91, writeArgs: W.writeStoragePoolNumOfVolumesArgs, readRet: R.readStoragePoolNumOfVolumesRet, serverPriority: 'high', since: 4001 },
  STORAGE_POOL_LIST_VOLUMES: { name: 'STORAGE_POOL_LIST_VOLUMES', program: 536903814, num: 92, writeArgs: W.writeStoragePoolListVolumesArgs, readRet: R.readStoragePoolListVolumesRet, serverPriority: 'high', since: 4001 },
  STORAGE_VOL_CREATE_XML: { name: 'STORAGE_VOL_CREATE_XML', program: 536903814, num: 93, writeArgs: W.writeStorageVolCreateXmlArgs, readRet: R.readStorageVolCreateXmlRet, since: 4001 },
  STORAGE_VOL_DELETE: { name: 'STORAGE_VOL_DELETE', program: 536903814, num: 94, writeArgs: W.writeStorageVolDeleteArgs, readRet: null, since: 4001 },
  STORAGE_VOL_LOOKUP_BY_NAME: { name: 'STORAGE_VOL_LOOKUP_BY_NAME', program: 536903814, num: 95, writeArgs: W.writeStorageVolLookupByNameArgs, readRet: R.readStorageVolLookupByNameRet, serverPriority: 'high', since: 4001 },
  STORAGE_VOL_LOOKUP_BY_KEY: { name: 'STORAGE_VOL_LOOKUP_BY_KEY', program: 536903814, num: 96, writeArgs: W.writeStorageVolLookupByKeyArgs, readRet: R.readStorageVolLookupByKeyRet, serverPriority: 'high', since: 4001 },
  STORAGE_VOL_LOOKUP_BY_PATH: { name: 'STORAGE_VOL_LOOKUP_BY_PATH', program: 536903814, num: 97, writeArgs: W.writeStorageVolLookupByPathArgs, readRet: R.readStorageVolLookupByPathRet, serverPriority: 'high', since: 4001 },
  STORAGE_VOL_GET_INFO: { name: 'STORAGE_VOL_GET_INFO', program: 536903814, num: 98, writeArgs: W.writeStorageVolGetInfoArgs, readRet: R.readStorageVolGetInfoRet, serverPriority: 'high', since: 4001 },
  STORAGE_VOL_GET_XML_DESC: { name: 'STORAGE_VOL_GET_XML_DESC', program: 536903814, num: 99, writeArgs: W.writeStorageVolGetXmlDescArgs, readRet: R.readStorageVolGetXmlDescRet, serverPriority: 'high', since: 4001 },
  STORAGE_VOL_GET_PATH: { name: 'STORAGE_VOL_GET_PATH', program: 536903814, num: 100, writeArgs: W.writeStorageVolGetPathArgs, readRet: R.readStorageVolGetPathRet, serverPriority: 'high', since: 4001 },
  NODE_GET_CELLS_FREE_MEMORY: { name: 'NODE_GET_CELLS_FREE_MEMORY', program: 536903814, num: 101, writeArgs: W.writeNodeGetCellsFreeMemoryArgs, readRet: R.readNodeGetCellsFreeMemoryRet, serverPriority: 'high', since: 3003 },
  NODE_GET_FREE_MEMORY: { name: 'NODE_GET_FREE_MEMORY', program: 536903814, num: 102, writeArgs: null, readRet: R.readNodeGetFreeMemoryRet, serverPriority: 'high', since: 3003 },
  DOMAIN_BLOCK_PEEK: { name: 'DOMAIN_BLOCK_PEEK', program: 536903814, num: 103, writeArgs: W.writeDomainBlockPeekArgs, readRet: R.readDomainBlockPeekRet, since: 4002 },
  DOMAIN_MEMORY_PEEK: { name: 'DOMAIN_MEMORY_PEEK', program: 536903814, num: 104, writeArgs: W.writeDomainMemoryPeekArgs, readRet: R.readDomainMemoryPeekRet, since: 4002 },
  CONNECT_DOMAIN_EVENT_REGISTER: { name: 'CONNECT_DOMAIN_EVENT_REGISTER', program: 536903814, num: 105, writeArgs: null, readRet: R.readConnectDomainEventRegisterRet, serverPriority: 'high', since: 5000 },
  CONNECT_DOMAIN_EVENT_DEREGISTER: { name: 'CONNECT_DOMAIN_EVENT_DEREGISTER', program: 536903814, num: 106, writeArgs: null, readRet: R.readConnectDomainEventDeregisterRet, serverPriority: 'high', since: 5000 },
  DOMAIN_MIGRATE_PREPARE2: { name: 'DOMAIN_MIGRATE_PREPARE2', program: 536903814, num: 108, writeArgs: W.writeDomainMigratePrepare2Args, readRet: R.readDomainMigratePrepare2Ret },
  DOMAIN_MIGRATE_FINISH2: { name: 'DOMAIN_MIGRATE_FINISH2', program: 536903814, num: 109, writeArgs: W.writeDomainMigrateFinish2Args, readRet: R.readDomainMigrateFinish2Ret },
  CONNECT_GET_URI: { name: 'CONNECT_GET_URI', program: 536903814, num: 110, writeArgs: null, readRet: R.readConnectGetUriRet, serverPriority: 'high', since: 3000 },
  NODE_NUM_OF_DEVICES: { name: 'NODE_NUM_OF_DEVICES', program: 536903814, num: 111, writeArgs: W.writeNodeNumOfDevicesArgs, readRet: R.readNodeNumOfDevicesRet, serverPriority: 'high', since: 5000 },
  NODE_LIST_DEVICES: { name: 'NODE_LIST_DEVICES', program: 536903814, num: 112, writeArgs: W.writeNodeListDevicesArgs, readRet: R.readNodeListDevicesRet, serverPriority: 'high', since: 5000 },
  NODE_DEVICE_LOOKUP_BY_NAME: { name: 'NODE_DEVICE_LOOKUP_BY_NAME', program: 536903814, num: 113, writeArgs: W.writeNodeDeviceLookupByNameArgs, readRet: R.readNodeDeviceLookupByNameRet, serverPriority: 'high', since: 5000 },
  NODE_DEVICE_GET_XML_DESC: { name: 'NODE_DEVICE_GET_XML_DESC', program: 536903814, num: 114, writeArgs: W.writeNodeDeviceGetXmlDescArgs, readRet: R.readNodeDeviceGetXmlDescRet, since: 5000 },
  NODE_DEVICE_GET_PARENT: { name: 'NODE_DEVICE_GET_PARENT', program: 536903814, num: 115, writeArgs: W.writeNodeDeviceGetParentArgs, readRet: R.readNodeDeviceGetParentRet, serverPriority: 'high', since: 5000 },
  NODE_DEVICE_NUM_OF_CAPS: { name: 'NODE_DEVICE_NUM_OF_CAPS', program: 536903814, num: 116, writeArgs: W.writeNodeDeviceNumOfCapsArgs, readRet: R.readNodeDeviceNumOfCapsRet, serverPriority: 'high', since: 5000 },
  NODE_DEVICE_LIST_CAPS: { name: 'NODE_DEVICE_LIST_CAPS', program: 536903814, num: 117, writeArgs: W.writeNodeDeviceListCapsArgs, readRet: R.readNodeDeviceListCapsRet, serverPriority: 'high', since: 5000 },
  NODE_DEVICE_DETTACH: { name: 'NODE_DEVICE_DETTACH', program: 536903814, num: 118, writeArgs: W.writeNodeDeviceDettachArgs, readRet: null, since: 6001 },
  NODE_DEVICE_RE_ATTACH: { name: 'NODE_DEVICE_RE_ATTACH', program: 536903814, num: 119, writeArgs: W.writeNodeDeviceReAttachArgs, readRet: null, since: 6001 },
  NODE_DEVICE_RESET: { name: 'NODE_DEVICE_RESET', program: 536903814, num: 120, writeArgs: W.writeNodeDeviceResetArgs, readRet: null, since: 6001 },
  DOMAIN_GET_SECURITY_LABEL: { name: 'DOMAIN_GET_SECURITY_LABEL', program: 536903814, num: 121, writeArgs: W.writeDomainGetSecurityLabelArgs, readRet: R.readDomainGetSecurityLabelRet, serverPriority: 'high', since: 6001 },
  NODE_GET_SECURITY_MODEL: { name: 'NODE_GET_SECURITY_MODEL', program: 536903814, num: 122, writeArgs: null, readRet: R.readNodeGetSecurityModelRet, serverPriority: 'high', since: 6001 },
  NODE_DEVICE_CREATE_XML: { name: 'NODE_DEVICE_CREATE_XML', program: 536903814, num: 123, writeArgs: W.writeNodeDeviceCreateXmlArgs, readRet: R.readNodeDeviceCreateXmlRet, since: 6003 },
  NODE_DEVICE_DESTROY: { name: 'NODE_DEVICE_DESTROY', program: 536903814, num: 124, writeArgs: W.writeNodeDeviceDestroyArgs, readRet: null, serverPriority: 'high', since: 6003 },
  STORAGE_VOL_CREATE_XML_FROM: { name: 'STORAGE_VOL_CREATE_XML_FROM', program: 536903814, num: 125, writeArgs: W.writeStorageVolCreateXmlFromArgs, readRet: R.readStorageVolCreateXmlFromRet, since: 6004 },
  CONNECT_NUM_OF_INTERFACES: { name: 'CONNECT_NUM_OF_INTERFACES', program: 536903814, num: 126, writeArgs: null, readRet: R.readConnectNumOfInterfacesRet, serverPriority: 'high', since: 6004 },
  CONNECT_LIST_INTERFACES: { name: 'CONNECT_LIST_INTERFACES', program: 536903814, num: 127, writeArgs: W.writeConnectListInterfacesArgs, readRet: R.readConnectListInterfacesRet, serverPriority: 'high', since: 6004 },
  INTERFACE_LOOKUP_BY_NAME: { name: 'INTERFACE_LOOKUP_BY_NAME', program: 536903814, num: 128, writeArgs: W.writeInterfaceLookupByNameArgs, readRet: R.readInterfaceLookupByNameRet, serverPriority: 'high', since: 6004 },
  INTERFACE_LOOKUP_BY_MAC_STRING: { name: 'INTERFACE_LOOKUP_BY_MAC_STRING', program: 536903814, num: 129, writeArgs: W.writeInterfaceLookupByMacStringArgs, readRet: R.readInterfaceLookupByMacStringRet, serverPriority: 'high', since: 6004 },
  INTERFACE_GET_XML_DESC: { name: 'INTERFACE_GET_XML_DESC', program: 536903814, num: 130, writeArgs: W.writeInterfaceGetXmlDescArgs, readRet: R.readInterfaceGetXmlDescRet, since: 6004 },
  INTERFACE_DEFINE_XML: { name: 'INTERFACE_DEFINE_XML', program: 536903814, num: 131, writeArgs: W.writeInterfaceDefineXmlArgs, readRet: R.readInterfaceDefineXmlRet, serverPriority: 'high', since: 6004 },
  INTERFACE_UNDEFINE: { name: 'INTERFACE_UNDEFINE', program: 536903814, num: 132, writeArgs: W.writeInterfaceUndefineArgs, readRet: null, serverPriority: 'high', since: 6004 },
  INTERFACE_CREATE: { name: 'INTERFACE_CREATE', program: 536903814, num: 133, writeArgs: W.writeInterfaceCreateArgs, readRet: null, since: 6004 },
  INTERFACE_DESTROY: { name: 'INTERFACE_DESTROY', program: 536903814, num: 134, writeArgs: W.writeInterfaceDestroyArgs, readRet: null, serverPriority: 'high', since: 6004 },
  CONNECT_DOMAIN_XML_FROM_NATIVE: { name: 'CONNECT_DOMAIN_XML_FROM_NATIVE', program: 536903814, num: 135, writeArgs: W.writeConnectDomainXmlFromNativeArgs, readRet: R.readConnectDomainXmlFromNativeRet, since: 6004 },
  CONNECT_DOMAIN_XML_TO_NATIVE: { name: 'CONNECT_DOMAIN_XML_TO_NATIVE', program: 536903814, num: 136, writeArgs: W.writeConnectDomainXmlToNativeArgs, readRet: R.readConnectDomainXmlToNativeRet, since: 6004 },
  CONNECT_NUM_OF_DEFINED_INTERFACES: { name: 'CONNECT_NUM_OF_DEFINED_INTERFACES', program: 536903814, num: 137, writeArgs: null, readRet: R.readConnectNumOfDefinedInterfacesRet, serverPriority: 'high', since: 7000 },
  CONNECT_LIST_DEFINED_INTERFACES: { name: 'CONNECT_LIST_DEFINED_INTERFACES', program: 536903814, num: 138, writeArgs: W.writeConnectListDefinedInterfacesArgs, readRet: R.readConnectListDefinedInterfacesRet, serverPriority: 'high', since: 7000 },
  CONNECT_NUM_OF_SECRETS: { name: 'CONNECT_NUM_OF_SECRETS', program: 536903814, num: 139, writeArgs: null, readRet: R.readConnectNumOfSecretsRet, serverPriority: 'high', since: 7001 },
  CONNECT_LIST_SECRETS: { name: 'CONNECT_LIST_SECRETS', program: 536903814, num: 140, writeArgs: W.writeConnectListSecretsArgs, readRet: R.readConnectListSecretsRet, serverPriority: 'high', since: 7001 },
  SECRET_LOOKUP_BY_UUID: { name: 'SECRET_LOOKUP_BY_UUID', program: 536903814, num: 141, writeArgs: W.writeSecretLookupByUuidArgs, readRet: R.readSecretLookupByUuidRet, serverPriority: 'high', since: 7001 },
  SECRET_DEFINE_XML: { name: 'SECRET_DEFINE_XML', program: 536903814, num: 142, writeArgs: W.writeSecretDefineXmlArgs, readRet: R.readSecretDefineXmlRet, serverPriority: 'high', since: 7001 },
  SECRET_GET_XML_DESC: { name: 'SECRET_GET_XML_DESC', program: 536903814, num: 143, writeArgs: W.writeSecretGetXmlDescArgs, readRet: R.readSecretGetXmlDescRet, serverPriority: 'high', since: 7001 },
  SECRET_SET_VALUE: { name: 'SECRET_SET_VALUE', program: 536903814, num: 144, writeArgs: W.writeSecretSetValueArgs, readRet: null, serverPriority: 'high', since: 7001 },
  SECRET_GET_VALUE: { name: 'SECRET_GET_VALUE', program: 536903814, num: 145, writeArgs: W.writeSecretGetValueArgs, readRet: R.readSecretGetValueRet, serverPriority: 'high', since: 7001 },
  SECRET_UNDEFINE: { name: 'SECRET_UNDEFINE', program: 536903814, num: 146, writeArgs: W.writeSecretUndefineArgs, readRet: null, serverPriority: 'high', since: 7001 },
  SECRET_LOOKUP_BY_USAGE: { name: 'SECRET_LOOKUP_BY_USAGE', program: 536903814, num: 147, writeArgs: W.writeSecretLookupByUsageArgs, readRet: R.readSecretLookupByUsageRet, serverPriority: 'high', since: 7001 },
  CONNECT_IS_SECURE: { name: 'CONNECT_IS_SECURE', program: 536903814, num: 149, writeArgs: null, readRet: R.readConnectIsSecureRet, serverPriority: 'high', since: 7003 },
  DOMAIN_IS_ACTIVE: { name: 'DOMAIN_IS_ACTIVE', program: 536903814, num: 150, writeArgs: W.writeDomainIsActiveArgs, readRet: R.readDomainIsActiveRet, serverPriority: 'high', since: 7003 },
  DOMAIN_IS_PERSISTENT: { name: 'DOMAIN_IS_PERSISTENT', program: 536903814, num: 151, writeArgs: W.writeDomainIsPersistentArgs, readRet: R.readDomainIsPersistentRet, serverPriority: 'high', since: 7003 },
  NETWORK_IS_ACTIVE: { name: 'NETWORK_IS_ACTIVE', program: 536903814, num: 152, writeArgs: W.writeNetworkIsActiveArgs, readRet: R.readNetworkIsActiveRet, serverPriority: 'high', since: 7003 },
  NETWORK_IS_PERSISTENT: { name: 'NETWORK_IS_PERSISTENT', program: 536903814, num: 153, writeArgs: W.writeNetworkIsPersistentArgs, readRet: R.readNetworkIsPersistentRet, serverPriority: 'high', since: 7003 },
  STORAGE_POOL_IS_ACTIVE: { name: 'STORAGE_POOL_IS_ACTIVE', program: 536903814, num: 154, writeArgs: W.writeStoragePoolIsActiveArgs, readRet: R.readStoragePoolIsActiveRet, serverPriority: 'high', since: 7003 },
  STORAGE_POOL_IS_PERSISTENT: { name: 'STORAGE_POOL_IS_PERSISTENT', program: 536903814, num: 155, writeArgs: W.writeStoragePoolIsPersistentArgs, readRet: R.readStoragePoolIsPersistentRet, serverPriority: 'high', since: 7003 },
  INTERFACE_IS_ACTIVE: { name: 'INTERFACE_IS_ACTIVE', program: 536903814, num: 156, writeArgs: W.writeInterfaceIsActiveArgs, readRet: R.readInterfaceIsActiveRet, serverPriority: 'high', since: 7003 },
  CONNECT_GET_LIB_VERSION: { name: 'CONNECT_GET_LIB_VERSION', program: 536903814, num: 157, writeArgs: null, readRet: R.readConnectGetLibVersionRet, serverPriority: 'high', since: 7003 },
  CONNECT_COMPARE_CPU: { name: 'CONNECT_COMPARE_CPU', program: 536903814, num: 158, writeArgs: W.writeConnectCompareCpuArgs, readRet: R.readConnectCompareCpuRet, serverPriority: 'high', since: 7005 },
  DOMAIN_MEMORY_STATS: { name: 'DOMAIN_MEMORY_STATS', program: 536903814, num: 159, writeArgs: W.writeDomainMemoryStatsArgs, readRet: R.readDomainMemoryStatsRet, since: 7005 },
  DOMAIN_ATTACH_DEVICE_FLAGS: { name: 'DOMAIN_ATTACH_DEVICE_FLAGS', program: 536903814, num: 160, writeArgs: W.writeDomainAttachDeviceFlagsArgs, readRet: null, since: 7007 },
  DOMAIN_DETACH_DEVICE_FLAGS: { name: 'DOMAIN_DETACH_DEVICE_FLAGS', program: 536903814, num: 161, writeArgs: W.writeDomainDetachDeviceFlagsArgs, readRet: null, since: 7007 },
  CONNECT_BASELINE_CPU: { name: 'CONNECT_BASELINE_CPU', program: 536903814, num: 162, writeArgs: W.writeConnectBaselineCpuArgs, readRet: R.readConnectBaselineCpuRet, since: 7007 },
  DOMAIN_GET_JOB_INFO: { name: 'DOMAIN_GET_JOB_INFO', program: 536903814, num: 163, writeArgs: W.writeDomainGetJobInfoArgs, readRet: R.readDomainGetJobInfoRet, since: 7007 },
  DOMAIN_ABORT_JOB: { name: 'DOMAIN_ABORT_JOB', program: 536903814, num: 164, writeArgs: W.writeDomainAbortJobArgs, readRet: null, since: 7007 },
  STORAGE_VOL_WIPE: { name: 'STORAGE_VOL_WIPE', program: 536903814, num: 165, writeArgs: W.writeStorageVolWipeArgs, readRet: null, since: 8000 },
  DOMAIN_MIGRATE_SET_MAX_DOWNTIME: { name: 'DOMAIN_MIGRATE_SET_MAX_DOWNTIME', program: 536903814, num: 166, writeArgs: W.writeDomainMigrateSetMaxDowntimeArgs, readRet: null, since: 8000 },
  CONNECT_DOMAIN_EVENT_REGISTER_ANY: { name: 'CONNECT_DOMAIN_EVENT_REGISTER_ANY', program: 536903814, num: 167, writeArgs: W.writeConnectDomainEventRegisterAnyArgs, readRet: null, serverPriority: 'high', since: 8000 },
  CONNECT_DOMAIN_EVENT_DEREGISTER_ANY: { name: 'CONNECT_DOMAIN_EVENT_DEREGISTER_ANY', program: 536903814, num: 168, writeArgs: W.writeConnectDomainEventDeregisterAnyArgs, readRet: null, serverPriority: 'high', since: 8000 },
  DOMAIN_UPDATE_DEVICE_FLAGS: { name: 'DOMAIN_UPDATE_DEVICE_FLAGS', program: 536903814, num: 174, writeArgs: W.writeDomainUpdateDeviceFlagsArgs, readRet: null, since: 8000 },
  NWFILTER_LOOKUP_BY_NAME: { name: 'NWFILTER_LOOKUP_BY_NAME', program: 536903814, num: 175, writeArgs: W.writeNwfilterLookupByNameArgs, readRet: R.readNwfilterLookupByNameRet, serverPriority: 'high', since: 8000 },
  NWFILTER_LOOKUP_BY_UUID: { name: 'NWFILTER_LOOKUP_BY_UUID', program: 536903814, num: 176, writeArgs: W.writeNwfilterLookupByUuidArgs, readRet: R.readNwfilterLookupByUuidRet, serverPriority: 'high', since: 8000 },
  NWFILTER_GET_XML_DESC: { name: 'NWFILTER_GET_XML_DESC', program: 536903814, num: 177, writeArgs: W.writeNwfilterGetXmlDescArgs, readRet: R.readNwfilterGetXmlDescRet, serverPriority: 'high', since: 8000 },
  CONNECT_NUM_OF_NWFILTERS: { name: 'CONNECT_NUM_OF_NWFILTERS', program: 536903814, num: 178, writeArgs: null, readRet: R.readConnectNumOfNwfiltersRet, serverPriority: 'high', since: 8000 },
  CONNECT_LIST_NWFILTERS: { name: 'CONNECT_LIST_NWFILTERS', program: 536903814, num: 179, writeArgs: W.writeConnectListNwfiltersArgs, readRet: R.readConnectListNwfiltersRet, serverPriority: 'high', since: 8000 },
  NWFILTER_DEFINE_XML: { name: 'NWFILTER_DEFINE_XML', program: 536903814, num: 180, writeArgs: W.writeNwfilterDefineXmlArgs, readRet: R.readNwfilterDefineXmlRet, serverPriority: 'high', since: 8000 },
  NWFILTER_UNDEFINE: { name: 'NWFILTER_UNDEFINE', program: 536903814, num: 181, writeArgs: W.writeNwfilterUndefineArgs, readRet: null, serverPriority: 'high', since: 8000 },
  DOMAIN_MANAGED_SAVE: { name: 'DOMAIN_MANAGED_SAVE', program: 536903814, num: 182, writeArgs: W.writeDomainManagedSaveArgs, readRet: null, since: 8000 },
  DOMAIN_HAS_MANAGED_SAVE_IMAGE: { name: 'DOMAIN_HAS_MANAGED_SAVE_IMAGE', program: 536903814, num: 183, writeArgs: W.writeDomainHasManagedSaveImageArgs, readRet: R.readDomainHasManagedSaveImageRet, since: 8000 },
  DOMAIN_MANAGED_SAVE_REMOVE: { name: 'DOMAIN_MANAGED_SAVE_REMOVE', program: 536903814, num: 184, writeArgs: W.writeDomainManagedSaveRemoveArgs, readRet: null, since: 8000 },
  DOMAIN_SNAPSHOT_CREATE_XML: { name: 'DOMAIN_SNAPSHOT_CREATE_XML', program: 536903814, num: 185, writeArgs: W.writeDomainSnapshotCreateXmlArgs, readRet: R.readDomainSnapshotCreateXmlRet, since: 8000 },
  DOMAIN_SNAPSHOT_GET_XML_DESC: { name: 'DOMAIN_SNAPSHOT_GET_XML_DESC', program: 536903814, num: 186, writeArgs: W.writeDomainSnapshotGetXmlDescArgs, readRet: R.readDomainSnapshotGetXmlDescRet, serverPriority: 'high', since: 8000 },
  DOMAIN_SNAPSHOT_NUM: { name: 'DOMAIN_SNAPSHOT_NUM', program: 536903814, num: 187, writeArgs: W.writeDomainSnapshotNumArgs, readRet: R.readDomainSnapshotNumRet, serverPriority: 'high', since: 8000 },
  DOMAIN_SNAPSHOT_LIST_NAMES: { name: 'DOMAIN_SNAPSHOT_LIST_NAMES', program: 536903814, num: 188, writeArgs: W.writeDomainSnapshotListNamesArgs, readRet: R.readDomainSnapshotListNamesRet, serverPriority: 'high', since: 8000 },
  DOMAIN_SNAPSHOT_LOOKUP_BY_NAME: { name: 'DOMAIN_SNAPSHOT_LOOKUP_BY_NAME', program: 536903814, num: 189, writeArgs: W.writeDomainSnapshotLookupByNameArgs, readRet: R.readDomainSnapshotLookupByNameRet, serverPriority: 'high', since: 8000 },
  DOMAIN_HAS_CURRENT_SNAPSHOT: { name: 'DOMAIN_HAS_CURRENT_SNAPSHOT', program: 536903814, num: 190, writeArgs: W.writeDomainHasCurrentSnapshotArgs, readRet: R.readDomainHasCurrentSnapshotRet, since: 8000 },
  DOMAIN_SNAPSHOT_CURRENT: { name: 'DOMAIN_SNAPSHOT_CURRENT', program: 536903814, num: 191, writeArgs: W.writeDomainSnapshotCurrentArgs, readRet: R.readDomainSnapshotCurrentRet, since: 8000 },
  DOMAIN_REVERT_TO_SNAPSHOT: { name: 'DOMAIN_REVERT_TO_SNAPSHOT', program: 536903814, num: 192, writeArgs: W.writeDomainRevertToSnapshotArgs, readRet: null, since: 8000 },
  DOMAIN_SNAPSHOT_DELETE: { name: 'DOMAIN_SNAPSHOT_DELETE', program: 536903814, num: 193, writeArgs: W.writeDomainSnapshotDeleteArgs, readRet: null, since: 8000 },
  DOMAIN_GET_BLOCK_INFO: { name: 'DOMAIN_GET_BLOCK_INFO', program: 536903814, num: 194, writeArgs: W.writeDomainGetBlockInfoArgs, readRet: R.readDomainGetBlockInfoRet, since: 8001 },
  DOMAIN_CREATE_WITH_FLAGS: { name: 'DOMAIN_CREATE_WITH_FLAGS', program: 536903814, num: 196, writeArgs: W.writeDomainCreateWithFlagsArgs, readRet: R.readDomainCreateWithFlagsRet, since: 8002 },
  DOMAIN_SET_MEMORY_PARAMETERS: { name: 'DOMAIN_SET_MEMORY_PARAMETERS', program: 536903814, num: 197, writeArgs: W.writeDomainSetMemoryParametersArgs, readRet: null, since: 8005 },
  DOMAIN_GET_MEMORY_PARAMETERS: { name: 'DOMAIN_GET_MEMORY_PARAMETERS', program: 536903814, num: 198, writeArgs: W.writeDomainGetMemoryParametersArgs, readRet: R.readDomainGetMemoryParametersRet, since: 8005 },
  DOMAIN_SET_VCPUS_FLAGS: { name: 'DOMAIN_SET_VCPUS_FLAGS', program: 536903814, num: 199, writeArgs: W.writeDomainSetVcpusFlagsArgs, readRet: null, since: 8005 },
  DOMAIN_GET_VCPUS_FLAGS: { name: 'DOMAIN_GET_VCPUS_FLAGS', program: 536903814, num: 200, writeArgs: W.writeDomainGetVcpusFlagsArgs, readRet: R.readDomainGetVcpusFlagsRet, since: 8005 },
  DOMAIN_IS_UPDATED: { name: 'DOMAIN_IS_UPDATED', program: 536903814, num: 202, writeArgs: W.writeDomainIsUpdatedArgs, readRet: R.readDomainIsUpdatedRet, serverPriority: 'high', since: 8006 },
  CONNECT_GET_SYSINFO: { name: 'CONNECT_GET_SYSINFO', program: 536903814, num: 203, writeArgs: W.writeConnectGetSysinfoArgs, readRet: R.readConnectGetSysinfoRet, serverPriority: 'high', since: 8008 },
  DOMAIN_SET_MEMORY_FLAGS: { name: 'DOMAIN_SET_MEMORY_FLAGS', program: 536903814, num: 204, writeArgs: W.writeDomainSetMemoryFlagsArgs, readRet: null, since: 9000 },
  DOMAIN_SET_BLKIO_PARAMETERS: { name: 'DOMAIN_SET_BLKIO_PARAMETERS', program: 536903814, num: 205, writeArgs: W.writeDomainSetBlkioParametersArgs, readRet: null, since: 9000 },
  DOMAIN_GET_BLKIO_PARAMETERS: { name: 'DOMAIN_GET_BLKIO_PARAMETERS', program: 536903814, num: 206, writeArgs: W.writeDomainGetBlkioParametersArgs, readRet: R.readDomainGetBlkioParametersRet, since: 9000 },
  DOMAIN_MIGRATE_SET_MAX_SPEED: { name: 'DOMAIN_MIGRATE_SET_MAX_SPEED', program: 536903814, num: 207, writeArgs: W.writeDomainMigrateSetMaxSpeedArgs, readRet: null, since: 9000 },
  DOMAIN_INJECT_NMI: { name: 'DOMAIN_INJECT_NMI', program: 536903814, num: 210, writeArgs: W.writeDomainInjectNmiArgs, readRet: null, since: 9002 },
  DOMAIN_GET_STATE: { name: 'DOMAIN_GET_STATE', program: 536903814, num: 212, writeArgs: W.writeDomainGetStateArgs, readRet: R.readDomainGetStateRet, serverPriority: 'high', since: 9002 },
  DOMAIN_MIGRATE_BEGIN3: { name: 'DOMAIN_MIGRATE_BEGIN3', program: 536903814, num: 213, writeArgs: W.writeDomainMigrateBegin3Args, readRet: R.readDomainMigrateBegin3Ret },
  DOMAIN_MIGRATE_PREPARE3: { name: 'DOMAIN_MIGRATE_PREPARE3', program: 536903814, num: 214, writeArgs: W.writeDomainMigratePrepare3Args, readRet: R.readDomainMigratePrepare3Ret },
  DOMAIN_MIGRATE_PERFORM3: { name: 'DOMAIN_MIGRATE_PERFORM3', program: 536903814, num: 216, writeArgs: W.writeDomainMigratePerform3Args, readRet: R.readDomainMigratePerform3Ret },
  DOMAIN_MIGRATE_FINISH3: { name: 'DOMAIN_MIGRATE_FINISH3', program: 536903814, num: 217, writeArgs: W.writeDomainMigrateFinish3Args, readRet: R.readDomainMigrateFinish3Ret },
  DOMAIN_MIGRATE_CONFIRM3: { name: 'DOMAIN_MIGRATE_CONFIRM3', program: 536903814, num: 218, writeArgs: W.writeDomainMigrateConfirm3Args, readRet: null },
  DOMAIN_SET_SCHEDULER_PARAMETERS_FLAGS: { name: 'DOMAIN_SET_SCHEDULER_PARAMETERS_FLAGS', program: 536903814, num: 219, writeArgs: W.writeDomainSetSchedulerParametersFlagsArgs, readRet: null, since: 9002 },
  INTERFACE_CHANGE_BEGIN: { name: 'INTERFACE_CHANGE_BEGIN', program: 536903814, num: 220, writeArgs: W.writeInterfaceChangeBeginArgs, readRet: null, since: 9002 },
  INTERFACE_CHANGE_COMMIT: { name: 'INTERFACE_CHANGE_COMMIT', program: 536903814, num: 221, writeArgs: W.writeInterfaceChangeCommitArgs, readRet: null, since: 9002 },
  INTERFACE_CHANGE_ROLLBACK: { name: 'INTERFACE_CHANGE_ROLLBACK', program: 536903814, num: 222, writeArgs: W.writeInterfaceChangeRollbackArgs, readRet: null, since: 9002 },
  DOMAIN_GET_SCHEDULER_PARAMETERS_FLAGS: { name: 'DOMAIN_GET_SCHEDULER_PARAMETERS_FLAGS', program: 536903814, num: 223, writeArgs: W.writeDomainGetSchedulerParametersFlagsArgs, readRet: R.readDomainGetSchedulerParametersFlagsRet, since: 9002 },
  DOMAIN_PIN_VCPU_FLAGS: { name: 'DOMAIN_PIN_VCPU_FLAGS', program: 536903814, num: 225, writeArgs: W.writeDomainPinVcpuFlagsArgs, readRet: null, since: 9003 },
  DOMAIN_SEND_KEY: { name: 'DOMAIN_SEND_KEY', program: 536903814, num: 226, writeArgs: W.writeDomainSendKeyArgs, readRet: null, since: 9003 },
  NODE_GET_CPU_STATS: { name: 'NODE_GET_CPU_STATS', program: 536903814, num: 227, writeArgs: W.writeNodeGetCpuStatsArgs, readRet: R.readNodeGetCpuStatsRet, serverPriority: 'high', since: 9003 },
  NODE_GET_MEMORY_STATS: { name: 'NODE_GET_MEMORY_STATS', program: 536903814, num: 228, writeArgs: W.writeNodeGetMemoryStatsArgs, readRet: R.readNodeGetMemoryStatsRet, serverPriority: 'high', since: 9003 },
  DOMAIN_GET_CONTROL_INFO: { name: 'DOMAIN_GET_CONTROL_INFO', program: 536903814, num: 229, writeArgs: W.writeDomainGetControlInfoArgs, readRet: R.readDomainGetControlInfoRet, serverPriority: 'high', since: 9003 },
  DOMAIN_GET_VCPU_PIN_INFO: { name: 'DOMAIN_GET_VCPU_PIN_INFO', program: 536903814, num: 230, writeArgs: W.writeDomainGetVcpuPinInfoArgs, readRet: R.readDomainGetVcpuPinInfoRet, since: 9003 },
  DOMAIN_UNDEFINE_FLAGS: { name: 'DOMAIN_UNDEFINE_FLAGS', program: 536903814, num: 231, writeArgs: W.writeDomainUndefineFlagsArgs, readRet: null, serverPriority: 'high', since: 9004 },
  DOMAIN_SAVE_FLAGS: { name: 'DOMAIN_SAVE_FLAGS', program: 536903814, num: 232, writeArgs: W.writeDomainSaveFlagsArgs, readRet: null, since: 9004 },
  DOMAIN_RESTORE_FLAGS: { name: 'DOMAIN_RESTORE_FLAGS', program: 536903814, num: 233, writeArgs: W.writeDomainRestoreFlagsArgs, readRet: null, since: 9004 },
  DOMAIN_DESTROY_FLAGS: { name: 'DOMAIN_DESTROY_FLAGS', program: 536903814, num: 234, writeArgs: W.writeDomainDestroyFlagsArgs, readRet: null, serverPriority: 'high', since: 9004 },
  DOMAIN_SAVE_IMAGE_GET_XML_DESC: { name: 'DOMAIN_SAVE_IMAGE_GET_XML_DESC', program: 536903814, num: 235, writeArgs: W.writeDomainSaveImageGetXmlDescArgs, readRet: R.readDomainSaveImageGetXmlDescRet, serverPriority: 'high', since: 9004 },
  DOMAIN_SAVE_IMAGE_DEFINE_XML: { name: 'DOMAIN_SAVE_IMAGE_DEFINE_XML', program: 536903814, num: 236, writeArgs: W.writeDomainSaveImageDefineXmlArgs, readRet: null, serverPriority: 'high', since: 9004 },
  DOMAIN_BLOCK_JOB_ABORT: { name: 'DOMAIN_BLOCK_JOB_ABORT', program: 536903814, num: 237, writeArgs: W.writeDomainBlockJobAbortArgs, readRet: null, since: 9004 },
  DOMAIN_GET_BLOCK_JOB_INFO: { name: 'DOMAIN_GET_BLOCK_JOB_INFO', program: 536903814, num: 238, writeArgs: W.writeDomainGetBlockJobInfoArgs, readRet: R.readDomainGetBlockJobInfoRet, since: 9004 },
  DOMAIN_BLOCK_JOB_SET_SPEED: { name: 'DOMAIN_BLOCK_JOB_SET_SPEED', program: 536903814, num: 239, writeArgs: W.writeDomainBlockJobSetSpeedArgs, readRet: null, since: 9004 },
  DOMAIN_BLOCK_PULL: { name: 'DOMAIN_BLOCK_PULL', program: 536903814, num: 240, writeArgs: W.writeDomainBlockPullArgs, readRet: null, since: 9004 },
  DOMAIN_MIGRATE_GET_MAX_SPEED: { name: 'DOMAIN_MIGRATE_GET_MAX_SPEED', program: 536903814, num: 242, writeArgs: W.writeDomainMigrateGetMaxSpeedArgs, readRet: R.readDomainMigrateGetMaxSpeedRet, since: 9005 },
  DOMAIN_BLOCK_STATS_FLAGS: { name: 'DOMAIN_BLOCK_STATS_FLAGS', program: 536903814, num: 243, writeArgs: W.writeDomainBlockStatsFlagsArgs, readRet: R.readDomainBlockStatsFlagsRet, since: 9005 },
  DOMAIN_SNAPSHOT_GET_PARENT: { name: 'DOMAIN_SNAPSHOT_GET_PARENT', program: 536903814, num: 244, writeArgs: W.writeDomainSnapshotGetParentArgs, readRet: R.readDomainSnapshotGetParentRet, serverPriority: 'high', since: 9007 },
  DOMAIN_RESET: { name: 'DOMAIN_RESET', program: 536903814, num: 245, writeArgs: W.writeDomainResetArgs, readRet: null, since: 9007 },
  DOMAIN_SNAPSHOT_NUM_CHILDREN: { name: 'DOMAIN_SNAPSHOT_NUM_CHILDREN', program: 536903814, num: 246, writeArgs: W.writeDomainSnapshotNumChildrenArgs, readRet: R.readDomainSnapshotNumChildrenRet, serverPriority: 'high', since: 9007 },
  DOMAIN_SNAPSHOT_LIST_CHILDREN_NAMES: { name: 'DOMAIN_SNAPSHOT_LIST_CHILDREN_NAMES', program: 536903814, num: 247, writeArgs: W.writeDomainSnapshotListChildrenNamesArgs, readRet: R.readDomainSnapshotListChildrenNamesRet, serverPriority: 'high', since: 9007 },
  NODE_SUSPEND_FOR_DURATION: { name: 'NODE_SUSPEND_FOR_DURATION', program: 536903814, num: 250, writeArgs: W.writeNodeSuspendForDurationArgs, readRet: null, since: 9008 },
  DOMAIN_BLOCK_RESIZE: { name: 'DOMAIN_BLOCK_RESIZE', program: 536903814, num: 251, writeArgs: W.writeDomainBlockResizeArgs, readRet: null, since: 9008 },
  DOMAIN_SET_BLOCK_IO_TUNE: { name: 'DOMAIN_SET_BLOCK_IO_TUNE', program: 536903814, num: 252, writeArgs: W.writeDomainSetBlockIoTuneArgs, readRet: null, since: 9008 },
  DOMAIN_GET_BLOCK_IO_TUNE: { name: 'DOMAIN_GET_BLOCK_IO_TUNE', program: 536903814, num: 253, writeArgs: W.writeDomainGetBlockIoTuneArgs, readRet: R.readDomainGetBlockIoTuneRet, since: 9008 },
  DOMAIN_SET_NUMA_PARAMETERS: { name: 'DOMAIN_SET_NUMA_PARAMETERS', program: 536903814, num: 254, writeArgs: W.writeDomainSetNumaParametersArgs, readRet: null, since: 9009 },
  DOMAIN_GET_NUMA_PARAMETERS: { name: 'DOMAIN_GET_NUMA_PARAMETERS', program: 536903814, num: 255, writeArgs: W.writeDomainGetNumaParametersArgs, readRet: R.readDomainGetNumaParametersRet, since: 9009 },
  DOMAIN_SET_INTERFACE_PARAMETERS: { name: 'DOMAIN_SET_INTERFACE_PARAMETERS', program: 536903814, num: 256, writeArgs: W.writeDomainSetInterfaceParametersArgs, readRet: null, since: 9009 },
  DOMAIN_GET_INTERFACE_PARAMETERS: { name: 'DOMAIN_GET_INTERFACE_PARAMETERS', program: 536903814, num: 257, writeArgs: W.writeDomainGetInterfaceParametersArgs, readRet: R.readDomainGetInterfaceParametersRet, since: 9009 },
  DOMAIN_SHUTDOWN_FLAGS: { name: 'DOMAIN_SHUTDOWN_FLAGS', program: 536903814, num: 258, writeArgs: W.writeDomainShutdownFlagsArgs, readRet: null, since: 9010 },
  STORAGE_VOL_WIPE_PATTERN: { name: 'STORAGE_VOL_WIPE_PATTERN', program: 536903814, num: 259, writeArgs: W.writeStorageVolWipePatternArgs, readRet: null, since: 9010 },
  STORAGE_VOL_RESIZE: { name: 'STORAGE_VOL_RESIZE', program: 536903814, num: 260, writeArgs: W.writeStorageVolResizeArgs, readRet: null, since: 9010 },
  DOMAIN_PM_SUSPEND_FOR_DURATION: { name: 'DOMAIN_PM_SUSPEND_FOR_DURATION', program: 536903814, num: 261, writeArgs: W.writeDomainPmSuspendForDurationArgs, readRet: null, since: 9010 },
  DOMAIN_GET_CPU_STATS: { name: 'DOMAIN_GET_CPU_STATS', program: 536903814, num: 262, writeArgs: W.writeDomainGetCpuStatsArgs, readRet: R.readDomainGetCpuStatsRet, since: 9010 },
  DOMAIN_GET_DISK_ERRORS: { name: 'DOMAIN_GET_DISK_ERRORS', program: 536903814, num: 263, writeArgs: W.writeDomainGetDiskErrorsArgs, readRet: R.readDomainGetDiskErrorsRet, since: 9010 },
  DOMAIN_SET_METADATA: { name: 'DOMAIN_SET_METADATA', program: 536903814, num: 264, writeArgs: W.writeDomainSetMetadataArgs, readRet: null, since: 9010 },
  DOMAIN_GET_METADATA: { name: 'DOMAIN_GET_METADATA', program: 536903814, num: 265, writeArgs: W.writeDomainGetMetadataArgs, readRet: R.readDomainGetMetadataRet, since: 9010 },
  DOMAIN_BLOCK_REBASE: { name: 'DOMAIN_BLOCK_REBASE', program: 536903814, num: 266, writeArgs: W.writeDomainBlockRebaseArgs, readRet: null, since: 9010 },
  DOMAIN_PM_WAKEUP: { name: 'DOMAIN_PM_WAKEUP', program: 536903814, num: 267, writeArgs: W.writeDomainPmWakeupArgs, readRet: null, since: 9011 },
  DOMAIN_SNAPSHOT_IS_CURRENT: { name: 'DOMAIN_SNAPSHOT_IS_CURRENT', program: 536903814, num: 271, writeArgs: W.writeDomainSnapshotIsCurrentArgs, readRet: R.readDomainSnapshotIsCurrentRet, since: 9013 },
  DOMAIN_SNAPSHOT_HAS_METADATA: { name: 'DOMAIN_SNAPSHOT_HAS_METADATA', program: 536903814, num: 272, writeArgs: W.writeDomainSnapshotHasMetadataArgs, readRet: R.readDomainSnapshotHasMetadataRet, since: 9013 },
  CONNECT_LIST_ALL_DOMAINS: { name: 'CONNECT_LIST_ALL_DOMAINS', program: 536903814, num: 273, writeArgs: W.writeConnectListAllDomainsArgs, readRet: R.readConnectListAllDomainsRet, serverPriority: 'high', since: 9013 },
  DOMAIN_LIST_ALL_SNAPSHOTS: { name: 'DOMAIN_LIST_ALL_SNAPSHOTS', program: 536903814, num: 274, writeArgs: W.writeDomainListAllSnapshotsArgs, readRet: R.readDomainListAllSnapshotsRet, serverPriority: 'high', since: 9013 },
  DOMAIN_SNAPSHOT_LIST_ALL_CHILDREN: { name: 'DOMAIN_SNAPSHOT_LIST_ALL_CHILDREN', program: 536903814, num: 275, writeArgs: W.writeDomainSnapshotListAllChildrenArgs, readRet: R.readDomainSnapshotListAllChildrenRet, serverPriority: 'high', since: 9013 },
  DOMAIN_GET_HOSTNAME: { name: 'DOMAIN_GET_HOSTNAME', program: 536903814, num: 277, writeArgs: W.writeDomainGetHostnameArgs, readRet: R.readDomainGetHostnameRet, since: 10000 },
  DOMAIN_GET_SECURITY_LABEL_LIST: { name: 'DOMAIN_GET_SECURITY_LABEL_LIST', program: 536903814, num: 278, writeArgs: W.writeDomainGetSecurityLabelListArgs, readRet: R.readDomainGetSecurityLabelListRet, serverPriority: 'high', since: 10000 },
  DOMAIN_PIN_EMULATOR: { name: 'DOMAIN_PIN_EMULATOR', program: 536903814, num: 279, writeArgs: W.writeDomainPinEmulatorArgs, readRet: null, since: 10000 },
  DOMAIN_GET_EMULATOR_PIN_INFO: { name: 'DOMAIN_GET_EMULATOR_PIN_INFO', program: 536903814, num: 280, writeArgs: W.writeDomainGetEmulatorPinInfoArgs, readRet: R.readDomainGetEmulatorPinInfoRet, since: 10000 },
  CONNECT_LIST_ALL_STORAGE_POOLS: { name: 'CONNECT_LIST_ALL_STORAGE_POOLS', program: 536903814, num: 281, writeArgs: W.writeConnectListAllStoragePoolsArgs, readRet: R.readConnectListAllStoragePoolsRet, serverPriority: 'high', since: 10002 },
  STORAGE_POOL_LIST_ALL_VOLUMES: { name: 'STORAGE_POOL_LIST_ALL_VOLUMES', program: 536903814, num: 282, writeArgs: W.writeStoragePoolListAllVolumesArgs, readRet: R.readStoragePoolListAllVolumesRet, serverPriority: 'high', since: 10002 },
  CONNECT_LIST_ALL_NETWORKS: { name: 'CONNECT_LIST_ALL_NETWORKS', program: 536903814, num: 283, writeArgs: W.writeConnectListAllNetworksArgs, readRet: R.readConnectListAllNetworksRet, serverPriority: 'high', since: 10002 },
  CONNECT_LIST_ALL_INTERFACES: { name: 'CONNECT_LIST_ALL_INTERFACES', program: 536903814, num: 284, writeArgs: W.writeConnectListAllInterfacesArgs, readRet: R.readConnectListAllInterfacesRet, serverPriority: 'high', since: 10002 },
  CONNECT_LIST_ALL_NODE_DEVICES: { name: 'CONNECT_LIST_ALL_NODE_DEVICES', program: 536903814, num: 285, writeArgs: W.writeConnectListAllNodeDevicesArgs, readRet: R.readConnectListAllNodeDevicesRet, serverPriority: 'high', since: 10002 },
  CONNECT_LIST_ALL_NWFILTERS: { name: 'CONNECT_LIST_ALL_NWFILTERS', program: 536903814, num: 286, writeArgs: W.writeConnectListAllNwfiltersArgs, readRet: R.readConnectListAllNwfiltersRet, serverPriority: 'high', since: 10002 },
  CONNECT_LIST_ALL_SECRETS: { name: 'CONNECT_LIST_ALL_SECRETS', program: 536903814, num: 287, writeArgs: W.writeConnectListAllSecretsArgs, readRet: R.readConnectListAllSecretsRet, serverPriority: 'high', since: 10002 },
  NODE_SET_MEMORY_PARAMETERS: { name: 'NODE_SET_MEMORY_PARAMETERS', program: 536903814, num: 288, writeArgs: W.writeNodeSetMemoryParametersArgs, readRet: null, since: 10002 },
  NODE_GET_MEMORY_PARAMETERS: { name: 'NODE_GET_MEMORY_PARAMETERS', program: 536903814, num: 289, writeArgs: W.writeNodeGetMemoryParametersArgs, readRet: R.readNodeGetMemoryParametersRet, since: 10002 },
  DOMAIN_BLOCK_COMMIT: { name: 'DOMAIN_BLOCK_COMMIT', program: 536903814, num: 290, writeArgs: W.writeDomainBlockCommitArgs, readRet: null, since: 10002 },
  NETWORK_UPDATE: { name: 'NETWORK_UPDATE', program: 536903814, num: 291, writeArgs: W.writeNetworkUpdateArgs, readRet: null, serverPriority: 'high', since: 10002 },
  NODE_GET_CPU_MAP: { name: 'NODE_GET_CPU_MAP', program: 536903814, num: 293, writeArgs: W.writeNodeGetCpuMapArgs, readRet: R.readNodeGetCpuMapRet, since: 1000000 },
  DOMAIN_FSTRIM: { name: 'DOMAIN_FSTRIM', program: 536903814, num: 294, writeArgs: W.writeDomainFstrimArgs, readRet: null, since: 1000001 },
  DOMAIN_SEND_PROCESS_SIGNAL: { name: 'DOMAIN_SEND_PROCESS_SIGNAL', program: 536903814, num: 295, writeArgs: W.writeDomainSendProcessSignalArgs, readRet: null, since: 1000001 },
  NODE_DEVICE_LOOKUP_SCSI_HOST_BY_WWN: { name: 'NODE_DEVICE_LOOKUP_SCSI_HOST_BY_WWN', program: 536903814, num: 297, writeArgs: W.writeNodeDeviceLookupScsiHostByWwnArgs, readRet: R.readNodeDeviceLookupScsiHostByWwnRet, serverPriority: 'high', since: 1000003 },
  DOMAIN_GET_JOB_STATS: { name: 'DOMAIN_GET_JOB_STATS', program: 536903814, num: 298, writeArgs: W.writeDomainGetJobStatsArgs, readRet: R.readDomainGetJobStatsRet, since: 1000003 },
  DOMAIN_MIGRATE_GET_COMPRESSION_CACHE: { name: 'DOMAIN_MIGRATE_GET_COMPRESSION_CACHE', program: 536903814, num: 299, writeArgs: W.writeDomainMigrateGetCompressionCacheArgs, readRet: R.readDomainMigrateGetCompressionCacheRet, since: 1000003 },
  DOMAIN_MIGRATE_SET_COMPRESSION_CACHE: { name: 'DOMAIN_MIGRATE_SET_COMPRESSION_CACHE', program: 536903814, num: 300, writeArgs: W.writeDomainMigrateSetCompressionCacheArgs, readRet: null, since: 1000003 },
  NODE_DEVICE_DETACH_FLAGS: { name: 'NODE_DEVICE_DETACH_FLAGS', program: 536903814, num: 301, writeArgs: W.writeNodeDeviceDetachFlagsArgs, readRet: null, since: 1000005 },
  DOMAIN_MIGRATE_BEGIN3_PARAMS: { name: 'DOMAIN_MIGRATE_BEGIN3_PARAMS', program: 536903814, num: 302, writeArgs: W.writeDomainMigrateBegin3ParamsArgs, readRet: R.readDomainMigrateBegin3ParamsRet },
  DOMAIN_MIGRATE_PREPARE3_PARAMS: { name: 'DOMAIN_MIGRATE_PREPARE3_PARAMS', program: 536903814, num: 303, writeArgs: W.writeDomainMigratePrepare3ParamsArgs, readRet: R.readDomainMigratePrepare3ParamsRet },
  DOMAIN_MIGRATE_PREPARE_TUNNEL3_PARAMS: { name: 'DOMAIN_MIGRATE_PREPARE_TUNNEL3_PARAMS', program: 536903814, num: 304, writeArgs: W.writeDomainMigratePrepareTunnel3ParamsArgs, readRet: R.readDomainMigratePrepareTunnel3ParamsRet },
  DOMAIN_MIGRATE_PERFORM3_PARAMS: { name: 'DOMAIN_MIGRATE_PERFORM3_PARAMS', program: 536903814, num: 305, writeArgs: W.writeDomainMigratePerform3ParamsArgs, readRet: R.readDomainMigratePerform3ParamsRet },
  DOMAIN_MIGRATE_FINISH3_PARAMS: { name: 'DOMAIN_MIGRATE_FINISH3_PARAMS', program: 536903814, num: 306, writeArgs: W.writeDomainMigrateFinish3ParamsArgs, readRet: R.readDomainMigrateFinish3ParamsRet },
  DOMAIN_MIGRATE_CONFIRM3_PARAMS: { name: 'DOMAIN_MIGRATE_CONFIRM3_PARAMS', program: 536903814, num: 307, writeArgs: W.writeDomainMigrateConfirm3ParamsArgs, readRet: null },
  DOMAIN_SET_MEMORY_STATS_PERIOD: { name: 'DOMAIN_SET_MEMORY_STATS_PERIOD', program: 536903814, num: 308, writeArgs: W.writeDomainSetMemoryStatsPeriodArgs, readRet: null, since: 1001001 },
  CONNECT_GET_CPU_MODEL_NAMES: { name: 'CONNECT_GET_CPU_MODEL_NAMES', program: 536903814, num: 312, writeArgs: W.writeConnectGetCpuModelNamesArgs, readRet: R.readConnectGetCpuModelNamesRet, since: 1001003 },
  CONNECT_NETWORK_EVENT_REGISTER_ANY: { name: 'CONNECT_NETWORK_EVENT_REGISTER_ANY', program: 536903814, num: 313, writeArgs: W.writeConnectNetworkEventRegisterAnyArgs, readRet: R.readConnectNetworkEventRegisterAnyRet, serverPriority: 'high', since: 1002001 },
  CONNECT_NETWORK_EVENT_DEREGISTER_ANY: { name: 'CONNECT_NETWORK_EVENT_DEREGISTER_ANY', program: 536903814, num: 314, writeArgs: W.writeConnectNetworkEventDeregisterAnyArgs, readRet: null, serverPriority: 'high', since: 1002001 },
  CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY: { name: 'CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY', program: 536903814, num: 316, writeArgs: W.writeConnectDomainEventCallbackRegisterAnyArgs, readRet: R.readConnectDomainEventCallbackRegisterAnyRet, serverPriority: 'high' },
  CONNECT_DOMAIN_EVENT_CALLBACK_DEREGISTER_ANY: { name: 'CONNECT_DOMAIN_EVENT_CALLBACK_DEREGISTER_ANY', program: 536903814, num: 317, writeArgs: W.writeConnectDomainEventCallbackDeregisterAnyArgs, readRet: null, serverPriority: 'high' },
  DOMAIN_CORE_DUMP_WITH_FORMAT: { name: 'DOMAIN_CORE_DUMP_WITH_FORMAT', program: 536903814, num: 334, writeArgs: W.writeDomainCoreDumpWithFormatArgs, readRet: null, since: 1002003 },
  DOMAIN_FSFREEZE: { name: 'DOMAIN_FSFREEZE', program: 536903814, num: 335, writeArgs: W.writeDomainFsfreezeArgs, readRet: R.readDomainFsfreezeRet, since: 1002005 },
  DOMAIN_FSTHAW: { name: 'DOMAIN_FSTHAW', program: 536903814, num: 336, writeArgs: W.writeDomainFsthawArgs, readRet: R.readDomainFsthawRet, since: 1002005 },
  DOMAIN_GET_TIME: { name: 'DOMAIN_GET_TIME', program: 536903814, num: 337, writeArgs: W.writeDomainGetTimeArgs, readRet: R.readDomainGetTimeRet, since: 1002005 },
  DOMAIN_SET_TIME: { name: 'DOMAIN_SET_TIME', program: 536903814, num: 338, writeArgs: W.writeDomainSetTimeArgs, readRet: null, since: 1002005 },
  NODE_GET_FREE_PAGES: { name: 'NODE_GET_FREE_PAGES', program: 536903814, num: 340, writeArgs: W.writeNodeGetFreePagesArgs, readRet: R.readNodeGetFreePagesRet, serverPriority: 'high', since: 1002006 },
  NETWORK_GET_DHCP_LEASES: { name: 'NETWORK_GET_DHCP_LEASES', program: 536903814, num: 341, writeArgs: W.writeNetworkGetDhcpLeasesArgs, readRet: R.readNetworkGetDhcpLeasesRet, since: 1002006 },
  CONNECT_GET_DOMAIN_CAPABILITIES: { name: 'CONNECT_GET_DOMAIN_CAPABILITIES', program: 536903814, num: 342, writeArgs: W.writeConnectGetDomainCapabilitiesArgs, readRet: R.readConnectGetDomainCapabilitiesRet, since: 1002007 },
  CONNECT_GET_ALL_DOMAIN_STATS: { name: 'CONNECT_GET_ALL_DOMAIN_STATS', program: 536903814, num: 344, writeArgs: W.writeConnectGetAllDomainStatsArgs, readRet: R.readConnectGetAllDomainStatsRet, since: 1002008 },
  DOMAIN_BLOCK_COPY: { name: 'DOMAIN_BLOCK_COPY', program: 536903814, num: 345, writeArgs: W.writeDomainBlockCopyArgs, readRet: null, since: 1002008 },
  NODE_ALLOC_PAGES: { name: 'NODE_ALLOC_PAGES', program: 536903814, num: 347, writeArgs: W.writeNodeAllocPagesArgs, readRet: R.readNodeAllocPagesRet, since: 1002009 },
  DOMAIN_GET_FSINFO: { name: 'DOMAIN_GET_FSINFO', program: 536903814, num: 349, writeArgs: W.writeDomainGetFsinfoArgs, readRet: R.readDomainGetFsinfoRet, since: 1002011 },
  DOMAIN_DEFINE_XML_FLAGS: { name: 'DOMAIN_DEFINE_XML_FLAGS', program: 536903814, num: 350, writeArgs: W.writeDomainDefineXmlFlagsArgs, readRet: R.readDomainDefineXmlFlagsRet, serverPriority: 'high', since: 1002012 },
  DOMAIN_GET_IOTHREAD_INFO: { name: 'DOMAIN_GET_IOTHREAD_INFO', program: 536903814, num: 351, writeArgs: W.writeDomainGetIothreadInfoArgs, readRet: R.readDomainGetIothreadInfoRet, since: 1002014 },
  DOMAIN_PIN_IOTHREAD: { name: 'DOMAIN_PIN_IOTHREAD', program: 536903814, num: 352, writeArgs: W.writeDomainPinIothreadArgs, readRet: null, since: 1002014 },
  DOMAIN_INTERFACE_ADDRESSES: { name: 'DOMAIN_INTERFACE_ADDRESSES', program: 536903814, num: 353, writeArgs: W.writeDomainInterfaceAddressesArgs, readRet: R.readDomainInterfaceAddressesRet, since: 1002014 },
  DOMAIN_ADD_IOTHREAD: { name: 'DOMAIN_ADD_IOTHREAD', program: 536903814, num: 355, writeArgs: W.writeDomainAddIothreadArgs, readRet: null, since: 1002015 },
  DOMAIN_DEL_IOTHREAD: { name: 'DOMAIN_DEL_IOTHREAD', program: 536903814, num: 356, writeArgs: W.writeDomainDelIothreadArgs, readRet: null, since: 1002015 },
  DOMAIN_SET_USER_PASSWORD: { name: 'DOMAIN_SET_USER_PASSWORD', program: 536903814, num: 357, writeArgs: W.writeDomainSetUserPasswordArgs, readRet: null, since: 1002016 },
  DOMAIN_RENAME: { name: 'DOMAIN_RENAME', program: 536903814, num: 358, writeArgs: W.writeDomainRenameArgs, readRet: R.readDomainRenameRet, since: 1002019 },
  CONNECT_REGISTER_CLOSE_CALLBACK: { name: 'CONNECT_REGISTER_CLOSE_CALLBACK', program: 536903814, num: 360, writeArgs: null, readRet: null, serverPriority: 'high', since: 10000 },
  CONNECT_UNREGISTER_CLOSE_CALLBACK: { name: 'CONNECT_UNREGISTER_CLOSE_CALLBACK', program: 536903814, num: 361, writeArgs: null, readRet: null, serverPriority: 'high', since: 10000 },
  DOMAIN_MIGRATE_START_POST_COPY: { name: 'DOMAIN_MIGRATE_START_POST_COPY', program: 536903814, num: 364, writeArgs: W.writeDomainMigrateStartPostCopyArgs, readRet: null, since: 1003003 },
  DOMAIN_GET_PERF_EVENTS: { name: 'DOMAIN_GET_PERF_EVENTS', program: 536903814, num: 365, writeArgs: W.writeDomainGetPerfEventsArgs, readRet: R.readDomainGetPerfEventsRet, since: 1003003 },
  DOMAIN_SET_PERF_EVENTS: { name: 'DOMAIN_SET_PERF_EVENTS', program: 536903814, num: 366, writeArgs: W.writeDomainSetPerfEventsArgs, readRet: null, since: 1003003 },
  CONNECT_STORAGE_POOL_EVENT_REGISTER_ANY: { name: 'CONNECT_STORAGE_POOL_EVENT_REGISTER_ANY', program: 536903814, num: 368, writeArgs: W.writeConnectStoragePoolEventRegisterAnyArgs, readRet: R.readConnectStoragePoolEventRegisterAnyRet, serverPriority: 'high', since: 2000000 },
  CONNECT_STORAGE_POOL_EVENT_DEREGISTER_ANY: { name: 'CONNECT_STORAGE_POOL_EVENT_DEREGISTER_ANY', program: 536903814, num: 369, writeArgs: W.writeConnectStoragePoolEventDeregisterAnyArgs, readRet: null, serverPriority: 'high', since: 2000000 },
  DOMAIN_GET_GUEST_VCPUS: { name: 'DOMAIN_GET_GUEST_VCPUS', program: 536903814, num: 371, writeArgs: W.writeDomainGetGuestVcpusArgs, readRet: R.readDomainGetGuestVcpusRet, since: 2000000 },
  DOMAIN_SET_GUEST_VCPUS: { name: 'DOMAIN_SET_GUEST_VCPUS', program: 536903814, num: 372, writeArgs: W.writeDomainSetGuestVcpusArgs, readRet: null, since: 2000000 },
  CONNECT_NODE_DEVICE_EVENT_REGISTER_ANY: { name: 'CONNECT_NODE_DEVICE_EVENT_REGISTER_ANY', program: 536903814, num: 374, writeArgs: W.writeConnectNodeDeviceEventRegisterAnyArgs, readRet: R.readConnectNodeDeviceEventRegisterAnyRet, serverPriority: 'high', since: 2002000 },
  CONNECT_NODE_DEVICE_EVENT_DEREGISTER_ANY: { name: 'CONNECT_NODE_DEVICE_EVENT_DEREGISTER_ANY', program: 536903814, num: 375, writeArgs: W.writeConnectNodeDeviceEventDeregisterAnyArgs, readRet: null, serverPriority: 'high', since: 2002000 },
  STORAGE_VOL_GET_INFO_FLAGS: { name: 'STORAGE_VOL_GET_INFO_FLAGS', program: 536903814, num: 378, writeArgs: W.writeStorageVolGetInfoFlagsArgs, readRet: R.readStorageVolGetInfoFlagsRet, serverPriority: 'high', since: 3000000 },
  CONNECT_SECRET_EVENT_REGISTER_ANY: { name: 'CONNECT_SECRET_EVENT_REGISTER_ANY', program: 536903814, num: 380, writeArgs: W.writeConnectSecretEventRegisterAnyArgs, readRet: R.readConnectSecretEventRegisterAnyRet, serverPriority: 'high', since: 3000000 },
  CONNECT_SECRET_EVENT_DEREGISTER_ANY: { name: 'CONNECT_SECRET_EVENT_DEREGISTER_ANY', program: 536903814, num: 381, writeArgs: W.writeConnectSecretEventDeregisterAnyArgs, readRet: null, serverPriority: 'high', since: 3000000 },
  DOMAIN_SET_VCPU: { name: 'DOMAIN_SET_VCPU', program: 536903814, num: 384, writeArgs: W.writeDomainSetVcpuArgs, readRet: null, since: 3001000 },
  DOMAIN_SET_BLOCK_THRESHOLD: { name: 'DOMAIN_SET_BLOCK_THRESHOLD', program: 536903814, num: 386, writeArgs: W.writeDomainSetBlockThresholdArgs, readRet: null, since: 3001000 },
  DOMAIN_MIGRATE_GET_MAX_DOWNTIME: { name: 'DOMAIN_MIGRATE_GET_MAX_DOWNTIME', program: 536903814, num: 387, writeArgs: W.writeDomainMigrateGetMaxDowntimeArgs, readRet: R.readDomainMigrateGetMaxDowntimeRet, since: 3007000 },
  DOMAIN_MANAGED_SAVE_GET_XML_DESC: { name: 'DOMAIN_MANAGED_SAVE_GET_XML_DESC', program: 536903814, num: 388, writeArgs: W.writeDomainManagedSaveGetXmlDescArgs, readRet: R.readDomainManagedSaveGetXmlDescRet, since: 3007000 },
  DOMAIN_MANAGED_SAVE_DEFINE_XML: { name: 'DOMAIN_MANAGED_SAVE_DEFINE_XML', program: 536903814, num: 389, writeArgs: W.writeDomainManagedSaveDefineXmlArgs, readRet: null, since: 3007000 },
  DOMAIN_SET_LIFECYCLE_ACTION: { name: 'DOMAIN_SET_LIFECYCLE_ACTION', program: 536903814, num: 390, writeArgs: W.writeDomainSetLifecycleActionArgs, readRet: null, since: 3009000 },
  STORAGE_POOL_LOOKUP_BY_TARGET_PATH: { name: 'STORAGE_POOL_LOOKUP_BY_TARGET_PATH', program: 536903814, num: 391, writeArgs: W.writeStoragePoolLookupByTargetPathArgs, readRet: R.readStoragePoolLookupByTargetPathRet, serverPriority: 'high', since: 4001000 },
  DOMAIN_DETACH_DEVICE_ALIAS: { name: 'DOMAIN_DETACH_DEVICE_ALIAS', program: 536903814, num: 392, writeArgs: W.writeDomainDetachDeviceAliasArgs, readRet: null, since: 4004000 },
  CONNECT_COMPARE_HYPERVISOR_CPU: { name: 'CONNECT_COMPARE_HYPERVISOR_CPU', program: 536903814, num: 393, writeArgs: W.writeConnectCompareHypervisorCpuArgs, readRet: R.readConnectCompareHypervisorCpuRet, since: 4004000 },
  CONNECT_BASELINE_HYPERVISOR_CPU: { name: 'CONNECT_BASELINE_HYPERVISOR_CPU', program: 536903814, num: 394, writeArgs: W.writeConnectBaselineHypervisorCpuArgs, readRet: R.readConnectBaselineHypervisorCpuRet, since: 4004000 },
  NODE_GET_SEV_INFO: { name: 'NODE_GET_SEV_INFO', program: 536903814, num: 395, writeArgs: W.writeNodeGetSevInfoArgs, readRet: R.readNodeGetSevInfoRet, since: 4005000 },
  DOMAIN_GET_LAUNCH_SECURITY_INFO: { name: 'DOMAIN_GET_LAUNCH_SECURITY_INFO', program: 536903814, num: 396, writeArgs: W.writeDomainGetLaunchSecurityInfoArgs, readRet: R.readDomainGetLaunchSecurityInfoRet, since: 4005000 },
  NWFILTER_BINDING_LOOKUP_BY_PORT_DEV: { name: 'NWFILTER_BINDING_LOOKUP_BY_PORT_DEV', program: 536903814, num: 397, writeArgs: W.writeNwfilterBindingLookupByPortDevArgs, readRet: R.readNwfilterBindingLookupByPortDevRet, serverPriority: 'high', since: 4005000 },
  NWFILTER_BINDING_GET_XML_DESC: { name: 'NWFILTER_BINDING_GET_XML_DESC', program: 536903814, num: 398, writeArgs: W.writeNwfilterBindingGetXmlDescArgs, readRet: R.readNwfilterBindingGetXmlDescRet, serverPriority: 'high', since: 4005000 },
  NWFILTER_BINDING_CREATE_XML: { name: 'NWFILTER_BINDING_CREATE_XML', program: 536903814, num: 399, writeArgs: W.writeNwfilterBindingCreateXmlArgs, readRet: R.readNwfilterBindingCreateXmlRet, serverPriority: 'high', since: 4005000 },
  NWFILTER_BINDING_DELETE: { name: 'NWFILTER_BINDING_DELETE', program: 536903814, num: 400, writeArgs: W.writeNwfilterBindingDeleteArgs, readRet: null, serverPriority: 'high', since: 4005000 },
  CONNECT_LIST_ALL_NWFILTER_BINDINGS: { name: 'CONNECT_LIST_ALL_NWFILTER_BINDINGS', program: 536903814, num: 401, writeArgs: W.writeConnectListAllNwfilterBindingsArgs, readRet: R.readConnectListAllNwfilterBindingsRet, serverPriority: 'high', since: 4005000 },
  DOMAIN_SET_IOTHREAD_PARAMS: { name: 'DOMAIN_SET_IOTHREAD_PARAMS', program: 536903814, num: 402, writeArgs: W.writeDomainSetIothreadParamsArgs, readRet: null, since: 4010000 },
  CONNECT_GET_STORAGE_POOL_CAPABILITIES: { name: 'CONNECT_GET_STORAGE_POOL_CAPABILITIES', program: 536903814, num: 403, writeArgs: W.writeConnectGetStoragePoolCapabilitiesArgs, readRet: R.readConnectGetStoragePoolCapabilitiesRet, since: 5002000 },
  NETWORK_LIST_ALL_PORTS: { name: 'NETWORK_LIST_ALL_PORTS', program: 536903814, num: 404, writeArgs: W.writeNetworkListAllPortsArgs, readRet: R.readNetworkListAllPortsRet, serverPriority: 'high', since: 5005000 },
  NETWORK_PORT_LOOKUP_BY_UUID: { name: 'NETWORK_PORT_LOOKUP_BY_UUID', program: 536903814, num: 405, writeArgs: W.writeNetworkPortLookupByUuidArgs, readRet: R.readNetworkPortLookupByUuidRet, serverPriority: 'high', since: 5005000 },
  NETWORK_PORT_CREATE_XML: { name: 'NETWORK_PORT_CREATE_XML', program: 536903814, num: 406, writeArgs: W.writeNetworkPortCreateXmlArgs, readRet: R.readNetworkPortCreateXmlRet, since: 5005000 },
  NETWORK_PORT_GET_PARAMETERS: { name: 'NETWORK_PORT_GET_PARAMETERS', program: 536903814, num: 407, writeArgs: W.writeNetworkPortGetParametersArgs, readRet: R.readNetworkPortGetParametersRet, since: 5005000 },
  NETWORK_PORT_SET_PARAMETERS: { name: 'NETWORK_PORT_SET_PARAMETERS', program: 536903814, num: 408, writeArgs: W.writeNetworkPortSetParametersArgs, readRet: null, since: 5005000 },
  NETWORK_PORT_GET_XML_DESC: { name: 'NETWORK_PORT_GET_XML_DESC', program: 536903814, num: 409, writeArgs: W.writeNetworkPortGetXmlDescArgs, readRet: R.readNetworkPortGetXmlDescRet, since: 5005000 },
  NETWORK_PORT_DELETE: { name: 'NETWORK_PORT_DELETE', program: 536903814, num: 410, writeArgs: W.writeNetworkPortDeleteArgs, readRet: null, since: 5005000 },
  DOMAIN_CHECKPOINT_CREATE_XML: { name: 'DOMAIN_CHECKPOINT_CREATE_XML', program: 536903814, num: 411, writeArgs: W.writeDomainCheckpointCreateXmlArgs, readRet: R.readDomainCheckpointCreateXmlRet, since: 5006000 },
  DOMAIN_CHECKPOINT_GET_XML_DESC: { name: 'DOMAIN_CHECKPOINT_GET_XML_DESC', program: 536903814, num: 412, writeArgs: W.writeDomainCheckpointGetXmlDescArgs, readRet: R.readDomainCheckpointGetXmlDescRet, since: 5006000 },
  DOMAIN_LIST_ALL_CHECKPOINTS: { name: 'DOMAIN_LIST_ALL_CHECKPOINTS', program: 536903814, num: 413, writeArgs: W.writeDomainListAllCheckpointsArgs, readRet: R.readDomainListAllCheckpointsRet, serverPriority: 'high', since: 5006000 },
  DOMAIN_CHECKPOINT_LIST_ALL_CHILDREN: { name: 'DOMAIN_CHECKPOINT_LIST_ALL_CHILDREN', program: 536903814, num: 414, writeArgs: W.writeDomainCheckpointListAllChildrenArgs, readRet: R.readDomainCheckpointListAllChildrenRet, serverPriority: 'high', since: 5006000 },
  DOMAIN_CHECKPOINT_LOOKUP_BY_NAME: { name: 'DOMAIN_CHECKPOINT_LOOKUP_BY_NAME', program: 536903814, num: 415, writeArgs: W.writeDomainCheckpointLookupByNameArgs, readRet: R.readDomainCheckpointLookupByNameRet, serverPriority: 'high', since: 5006000 },
  DOMAIN_CHECKPOINT_GET_PARENT: { name: 'DOMAIN_CHECKPOINT_GET_PARENT', program: 536903814, num: 416, writeArgs: W.writeDomainCheckpointGetParentArgs, readRet: R.readDomainCheckpointGetParentRet, serverPriority: 'high', since: 5006000 },
  DOMAIN_CHECKPOINT_DELETE: { name: 'DOMAIN_CHECKPOINT_DELETE', program: 536903814, num: 417, writeArgs: W.writeDomainCheckpointDeleteArgs, readRet: null, since: 5006000 },
  DOMAIN_GET_GUEST_INFO: { name: 'DOMAIN_GET_GUEST_INFO', program: 536903814, num: 418, writeArgs: W.writeDomainGetGuestInfoArgs, readRet: R.readDomainGetGuestInfoRet, since: 5007000 },
  CONNECT_SET_IDENTITY: { name: 'CONNECT_SET_IDENTITY', program: 536903814, num: 419, writeArgs: W.writeConnectSetIdentityArgs, readRet: null, since: 5008000 },
  DOMAIN_AGENT_SET_RESPONSE_TIMEOUT: { name: 'DOMAIN_AGENT_SET_RESPONSE_TIMEOUT', program: 536903814, num: 420, writeArgs: W.writeDomainAgentSetResponseTimeoutArgs, readRet: R.readDomainAgentSetResponseTimeoutRet, since: 5010000 },
  DOMAIN_BACKUP_BEGIN: { name: 'DOMAIN_BACKUP_BEGIN', program: 536903814, num: 421, writeArgs: W.writeDomainBackupBeginArgs, readRet: null, since: 6000000 },
  DOMAIN_BACKUP_GET_XML_DESC: { name: 'DOMAIN_BACKUP_GET_XML_DESC', program: 536903814, num: 422, writeArgs: W.writeDomainBackupGetXmlDescArgs, readRet: R.readDomainBackupGetXmlDescRet, serverPriority: 'high', since: 6000000 },
  DOMAIN_AUTHORIZED_SSH_KEYS_GET: { name: 'DOMAIN_AUTHORIZED_SSH_KEYS_GET', program: 536903814, num: 424, writeArgs: W.writeDomainAuthorizedSshKeysGetArgs, readRet: R.readDomainAuthorizedSshKeysGetRet, since: 6010000 },
  DOMAIN_AUTHORIZED_SSH_KEYS_SET: { name: 'DOMAIN_AUTHORIZED_SSH_KEYS_SET', program: 536903814, num: 425, writeArgs: W.writeDomainAuthorizedSshKeysSetArgs, readRet: null, since: 6010000 },
  DOMAIN_GET_MESSAGES: { name: 'DOMAIN_GET_MESSAGES', program: 536903814, num: 426, writeArgs: W.writeDomainGetMessagesArgs, readRet: R.readDomainGetMessagesRet, since: 7001000 },
  DOMAIN_START_DIRTY_RATE_CALC: { name: 'DOMAIN_START_DIRTY_RATE_CALC', program: 536903814, num: 427, writeArgs: W.writeDomainStartDirtyRateCalcArgs, readRet: null, since: 7002000 },
  NODE_DEVICE_DEFINE_XML: { name: 'NODE_DEVICE_DEFINE_XML', program: 536903814, num: 428, writeArgs: W.writeNodeDeviceDefineXmlArgs, readRet: R.readNodeDeviceDefineXmlRet, since: 7003000 },
  NODE_DEVICE_UNDEFINE: { name: 'NODE_DEVICE_UNDEFINE', program: 536903814, num: 429, writeArgs: W.writeNodeDeviceUndefineArgs, readRet: null, serverPriority: 'high', since: 7003000 },
  NODE_DEVICE_CREATE: { name: 'NODE_DEVICE_CREATE', program: 536903814, num: 430, writeArgs: W.writeNodeDeviceCreateArgs, readRet: null, serverPriority: 'high', since: 7003000 },
  NWFILTER_DEFINE_XML_FLAGS: { name: 'NWFILTER_DEFINE_XML_FLAGS', program: 536903814, num: 431, writeArgs: W.writeNwfilterDefineXmlFlagsArgs, readRet: R.readNwfilterDefineXmlFlagsRet, serverPriority: 'high', since: 7007000 },
  NETWORK_DEFINE_XML_FLAGS: { name: 'NETWORK_DEFINE_XML_FLAGS', program: 536903814, num: 432, writeArgs: W.writeNetworkDefineXmlFlagsArgs, readRet: R.readNetworkDefineXmlFlagsRet, serverPriority: 'high', since: 7007000 },
  NODE_DEVICE_GET_AUTOSTART: { name: 'NODE_DEVICE_GET_AUTOSTART', program: 536903814, num: 433, writeArgs: W.writeNodeDeviceGetAutostartArgs, readRet: R.readNodeDeviceGetAutostartRet, serverPriority: 'high', since: 7008000 },
  NODE_DEVICE_SET_AUTOSTART: { name: 'NODE_DEVICE_SET_AUTOSTART', program: 536903814, num: 434, writeArgs: W.writeNodeDeviceSetAutostartArgs, readRet: null, serverPriority: 'high', since: 7008000 },
  NODE_DEVICE_IS_PERSISTENT: { name: 'NODE_DEVICE_IS_PERSISTENT', program: 536903814, num: 435, writeArgs: W.writeNodeDeviceIsPersistentArgs, readRet: R.readNodeDeviceIsPersistentRet, serverPriority: 'high', since: 7008000 },
  NODE_DEVICE_IS_ACTIVE: { name: 'NODE_DEVICE_IS_ACTIVE', program: 536903814, num: 436, writeArgs: W.writeNodeDeviceIsActiveArgs, readRet: R.readNodeDeviceIsActiveRet, serverPriority: 'high', since: 7008000 },
  NETWORK_CREATE_XML_FLAGS: { name: 'NETWORK_CREATE_XML_FLAGS', program: 536903814, num: 437, writeArgs: W.writeNetworkCreateXmlFlagsArgs, readRet: R.readNetworkCreateXmlFlagsRet, serverPriority: 'high', since: 7008000 },
  DOMAIN_SET_LAUNCH_SECURITY_STATE: { name: 'DOMAIN_SET_LAUNCH_SECURITY_STATE', program: 536903814, num: 439, writeArgs: W.writeDomainSetLaunchSecurityStateArgs, readRet: null, since: 8000000 },
  DOMAIN_SAVE_PARAMS: { name: 'DOMAIN_SAVE_PARAMS', program: 536903814, num: 440, writeArgs: W.writeDomainSaveParamsArgs, readRet: null, since: 8004000 },
  DOMAIN_RESTORE_PARAMS: { name: 'DOMAIN_RESTORE_PARAMS', program: 536903814, num: 441, writeArgs: W.writeDomainRestoreParamsArgs, readRet: null, since: 8004000 },
  DOMAIN_ABORT_JOB_FLAGS: { name: 'DOMAIN_ABORT_JOB_FLAGS', program: 536903814, num: 442, writeArgs: W.writeDomainAbortJobFlagsArgs, readRet: null, since: 8005000 },
  NETWORK_SET_METADATA: { name: 'NETWORK_SET_METADATA', program: 536903814, num: 444, writeArgs: W.writeNetworkSetMetadataArgs, readRet: null, since: 9007000 },
  NETWORK_GET_METADATA: { name: 'NETWORK_GET_METADATA', program: 536903814, num: 445, writeArgs: W.writeNetworkGetMetadataArgs, readRet: R.readNetworkGetMetadataRet, since: 9007000 },
  NODE_DEVICE_UPDATE: { name: 'NODE_DEVICE_UPDATE', program: 536903814, num: 447, writeArgs: W.writeNodeDeviceUpdateArgs, readRet: null, serverPriority: 'high', since: 10001000 },
  DOMAIN_GRAPHICS_RELOAD: { name: 'DOMAIN_GRAPHICS_RELOAD', program: 536903814, num: 448, writeArgs: W.writeDomainGraphicsReloadArgs, readRet: null, since: 10002000 },
  DOMAIN_GET_AUTOSTART_ONCE: { name: 'DOMAIN_GET_AUTOSTART_ONCE', program: 536903814, num: 449, writeArgs: W.writeDomainGetAutostartOnceArgs, readRet: R.readDomainGetAutostartOnceRet, serverPriority: 'high', since: 11002000 },
  DOMAIN_SET_AUTOSTART_ONCE: { name: 'DOMAIN_SET_AUTOSTART_ONCE', program: 536903814, num: 450, writeArgs: W.writeDomainSetAutostartOnceArgs, readRet: null, serverPriority: 'high', since: 11002000 },
  DOMAIN_SET_THROTTLE_GROUP: { name: 'DOMAIN_SET_THROTTLE_GROUP', program: 536903814, num: 451, writeArgs: W.writeDomainSetThrottleGroupArgs, readRet: null, since: 11002000 },
  DOMAIN_DEL_THROTTLE_GROUP: { name: 'DOMAIN_DEL_THROTTLE_GROUP', program: 536903814, num: 452, writeArgs: W.writeDomainDelThrottleGroupArgs, readRet: null, since: 11002000 },
  DOMAIN_ANNOUNCE_INTERFACE: { name: 'DOMAIN_ANNOUNCE_INTERFACE', program: 536903814, num: 456, writeArgs: W.writeDomainAnnounceInterfaceArgs, readRet: null, since: 12005000 },
  QEMU_DOMAIN_MONITOR_COMMAND: { name: 'QEMU_DOMAIN_MONITOR_COMMAND', program: 536903815, num: 1, writeArgs: W.writeQemuDomainMonitorCommandArgs, readRet: R.readQemuDomainMonitorCommandRet, since: 8003 },
  QEMU_DOMAIN_ATTACH: { name: 'QEMU_DOMAIN_ATTACH', program: 536903815, num: 2, writeArgs: W.writeQemuDomainAttachArgs, readRet: R.readQemuDomainAttachRet, since: 9004 },
  QEMU_DOMAIN_AGENT_COMMAND: { name: 'QEMU_DOMAIN_AGENT_COMMAND', program: 536903815, num: 3, writeArgs: W.writeQemuDomainAgentCommandArgs, readRet: R.readQemuDomainAgentCommandRet, since: 10000 },
  QEMU_CONNECT_DOMAIN_MONITOR_EVENT_REGISTER: { name: 'QEMU_CONNECT_DOMAIN_MONITOR_EVENT_REGISTER', program: 536903815, num: 4, writeArgs: W.writeQemuConnectDomainMonitorEventRegisterArgs, readRet: R.readQemuConnectDomainMonitorEventRegisterRet, serverPriority: 'high' },
  QEMU_CONNECT_DOMAIN_MONITOR_EVENT_DEREGISTER: { name: 'QEMU_CONNECT_DOMAIN_MONITOR_EVENT_DEREGISTER', program: 536903815, num: 5, writeArgs: W.writeQemuConnectDomainMonitorEventDeregisterArgs, readRet: null, serverPriority: 'high' },
}
export const libvirtStreamCalls: CallTable<LibvirtStreamCalls> = {
  DOMAIN_MIGRATE_PREPARE_TUNNEL: { name: 'DOMAIN_MIGRATE_PREPARE_TUNNEL', program: 536903814, num: 148, writeArgs: W.writeDomainMigratePrepareTunnelArgs, readRet: null, stream: 'write' },
  DOMAIN_OPEN_CONSOLE: { name: 'DOMAIN_OPEN_CONSOLE', program: 536903814, num: 201, writeArgs: W.writeDomainOpenConsoleArgs, readRet: null, since: 8006, stream: 'both' },
  STORAGE_VOL_UPLOAD: { name: 'STORAGE_VOL_UPLOAD', program: 536903814, num: 208, writeArgs: W.writeStorageVolUploadArgs, readRet: null, since: 9000, stream: 'write', sparseFlag: 1 },
  STORAGE_VOL_DOWNLOAD: { name: 'STORAGE_VOL_DOWNLOAD', program: 536903814, num: 209, writeArgs: W.writeStorageVolDownloadArgs, readRet: null, since: 9000, stream: 'read', sparseFlag: 1 },
  DOMAIN_SCREENSHOT: { name: 'DOMAIN_SCREENSHOT', program: 536903814, num: 211, writeArgs: W.writeDomainScreenshotArgs, readRet: R.readDomainScreenshotRet, since: 9002, stream: 'read' },
  DOMAIN_MIGRATE_PREPARE_TUNNEL3: { name: 'DOMAIN_MIGRATE_PREPARE_TUNNEL3', program: 536903814, num: 215, writeArgs: W.writeDomainMigratePrepareTunnel3Args, readRet: R.readDomainMigratePrepareTunnel3Ret, stream: 'write' },
  DOMAIN_OPEN_CHANNEL: { name: 'DOMAIN_OPEN_CHANNEL', program: 536903814, num: 296, writeArgs: W.writeDomainOpenChannelArgs, readRet: null, since: 1000002, stream: 'both' },
}
