// Do not edit: written by electron/libvirt-rpc/codegen/generate.ts from protocol-facts.json.
// libvirt 11.3.0 (structure), 12.8.0 API description (enumerations)

import type { Hyper } from '../xdr/limits'

/** virNetMessageNonnullDomain */
export interface MessageDomain {
  name: string
  uuid: string
  id: number
}
/** virNetMessageNonnullNetwork */
export interface MessageNetwork {
  name: string
  uuid: string
}
/** virNetMessageError */
export interface MessageError {
  code: number
  domain: number
  message: string | null
  level: number
  dom: MessageDomain | null
  str1: string | null
  str2: string | null
  str3: string | null
  int1: number
  int2: number
  net: MessageNetwork | null
}
/** virNetMessageHole */
export interface MessageHole {
  length: Hyper
  flags: number
}
/** remote_nonnull_domain */
export interface DomainHandle {
  name: string
  uuid: string
  id: number
}
/** remote_nonnull_network */
export interface NetworkHandle {
  name: string
  uuid: string
}
/** remote_nonnull_network_port */
export interface NetworkPortHandle {
  net: NetworkHandle
  uuid: string
}
/** remote_nonnull_nwfilter */
export interface NwfilterHandle {
  name: string
  uuid: string
}
/** remote_nonnull_nwfilter_binding */
export interface NwfilterBindingHandle {
  portdev: string
  filtername: string
}
/** remote_nonnull_interface */
export interface InterfaceHandle {
  name: string
  mac: string
}
/** remote_nonnull_storage_pool */
export interface StoragePoolHandle {
  name: string
  uuid: string
}
/** remote_nonnull_storage_vol */
export interface StorageVolHandle {
  pool: string
  name: string
  key: string
}
/** remote_nonnull_node_device */
export interface NodeDeviceHandle {
  name: string
}
/** remote_nonnull_secret */
export interface SecretHandle {
  uuid: string
  usageType: number
  usageID: string
}
/** remote_nonnull_domain_checkpoint */
export interface DomainCheckpointHandle {
  name: string
  dom: DomainHandle
}
/** remote_nonnull_domain_snapshot */
export interface DomainSnapshotHandle {
  name: string
  dom: DomainHandle
}
/** remote_error */
export interface Error {
  code: number
  domain: number
  message: string | null
  level: number
  dom: DomainHandle | null
  str1: string | null
  str2: string | null
  str3: string | null
  int1: number
  int2: number
  net: NetworkHandle | null
}
/** remote_vcpu_info */
export interface VcpuInfo {
  number: number
  state: number
  cpu_time: Hyper
  cpu: number
}
/** remote_typed_param */
export interface TypedParam {
  field: string
  value: TypedParamValue
}
/** remote_node_get_cpu_stats */
export interface NodeGetCpuStats {
  field: string
  value: Hyper
}
/** remote_node_get_memory_stats */
export interface NodeGetMemoryStats {
  field: string
  value: Hyper
}
/** remote_domain_disk_error */
export interface DomainDiskError {
  disk: string
  error: number
}
/** remote_connect_open_args */
export interface ConnectOpenArgs {
  name: string | null
  flags: number
}
/** remote_connect_supports_feature_args */
export interface ConnectSupportsFeatureArgs {
  feature: number
}
/** remote_connect_supports_feature_ret */
export interface ConnectSupportsFeatureRet {
  supported: number
}
/** remote_connect_get_type_ret */
export interface ConnectGetTypeRet {
  type: string
}
/** remote_connect_get_version_ret */
export interface ConnectGetVersionRet {
  hv_ver: Hyper
}
/** remote_connect_get_lib_version_ret */
export interface ConnectGetLibVersionRet {
  lib_ver: Hyper
}
/** remote_connect_get_hostname_ret */
export interface ConnectGetHostnameRet {
  hostname: string
}
/** remote_connect_get_sysinfo_args */
export interface ConnectGetSysinfoArgs {
  flags: number
}
/** remote_connect_get_sysinfo_ret */
export interface ConnectGetSysinfoRet {
  sysinfo: string
}
/** remote_connect_get_uri_ret */
export interface ConnectGetUriRet {
  uri: string
}
/** remote_connect_get_max_vcpus_args */
export interface ConnectGetMaxVcpusArgs {
  type: string | null
}
/** remote_connect_get_max_vcpus_ret */
export interface ConnectGetMaxVcpusRet {
  max_vcpus: number
}
/** remote_node_get_info_ret */
export interface NodeGetInfoRet {
  model: Uint8Array
  memory: Hyper
  cpus: number
  mhz: number
  nodes: number
  sockets: number
  cores: number
  threads: number
}
/** remote_connect_get_capabilities_ret */
export interface ConnectGetCapabilitiesRet {
  capabilities: string
}
/** remote_connect_get_domain_capabilities_args */
export interface ConnectGetDomainCapabilitiesArgs {
  emulatorbin: string | null
  arch: string | null
  machine: string | null
  virttype: string | null
  flags: number
}
/** remote_connect_get_domain_capabilities_ret */
export interface ConnectGetDomainCapabilitiesRet {
  capabilities: string
}
/** remote_node_get_cpu_stats_args */
export interface NodeGetCpuStatsArgs {
  cpuNum: number
  nparams: number
  flags: number
}
/** remote_node_get_cpu_stats_ret */
export interface NodeGetCpuStatsRet {
  params: NodeGetCpuStats[]
  nparams: number
}
/** remote_node_get_memory_stats_args */
export interface NodeGetMemoryStatsArgs {
  nparams: number
  cellNum: number
  flags: number
}
/** remote_node_get_memory_stats_ret */
export interface NodeGetMemoryStatsRet {
  params: NodeGetMemoryStats[]
  nparams: number
}
/** remote_node_get_cells_free_memory_args */
export interface NodeGetCellsFreeMemoryArgs {
  startCell: number
  maxcells: number
}
/** remote_node_get_cells_free_memory_ret */
export interface NodeGetCellsFreeMemoryRet {
  cells: Hyper[]
}
/** remote_node_get_free_memory_ret */
export interface NodeGetFreeMemoryRet {
  freeMem: Hyper
}
/** remote_domain_get_scheduler_type_args */
export interface DomainGetSchedulerTypeArgs {
  dom: DomainHandle
}
/** remote_domain_get_scheduler_type_ret */
export interface DomainGetSchedulerTypeRet {
  type: string
  nparams: number
}
/** remote_domain_get_scheduler_parameters_args */
export interface DomainGetSchedulerParametersArgs {
  dom: DomainHandle
  nparams: number
}
/** remote_domain_get_scheduler_parameters_ret */
export interface DomainGetSchedulerParametersRet {
  params: TypedParam[]
}
/** remote_domain_get_scheduler_parameters_flags_args */
export interface DomainGetSchedulerParametersFlagsArgs {
  dom: DomainHandle
  nparams: number
  flags: number
}
/** remote_domain_get_scheduler_parameters_flags_ret */
export interface DomainGetSchedulerParametersFlagsRet {
  params: TypedParam[]
}
/** remote_domain_set_scheduler_parameters_args */
export interface DomainSetSchedulerParametersArgs {
  dom: DomainHandle
  params: TypedParam[]
}
/** remote_domain_set_scheduler_parameters_flags_args */
export interface DomainSetSchedulerParametersFlagsArgs {
  dom: DomainHandle
  params: TypedParam[]
  flags: number
}
/** remote_domain_set_blkio_parameters_args */
export interface DomainSetBlkioParametersArgs {
  dom: DomainHandle
  params: TypedParam[]
  flags: number
}
/** remote_domain_get_blkio_parameters_args */
export interface DomainGetBlkioParametersArgs {
  dom: DomainHandle
  nparams: number
  flags: number
}
/** remote_domain_get_blkio_parameters_ret */
export interface DomainGetBlkioParametersRet {
  params: TypedParam[]
  nparams: number
}
/** remote_domain_set_memory_parameters_args */
export interface DomainSetMemoryParametersArgs {
  dom: DomainHandle
  params: TypedParam[]
  flags: number
}
/** remote_domain_get_memory_parameters_args */
export interface DomainGetMemoryParametersArgs {
  dom: DomainHandle
  nparams: number
  flags: number
}
/** remote_domain_get_memory_parameters_ret */
export interface DomainGetMemoryParametersRet {
  params: TypedParam[]
  nparams: number
}
/** remote_domain_block_resize_args */
export interface DomainBlockResizeArgs {
  dom: DomainHandle
  disk: string
  size: Hyper
  flags: number
}
/** remote_domain_set_numa_parameters_args */
export interface DomainSetNumaParametersArgs {
  dom: DomainHandle
  params: TypedParam[]
  flags: number
}
/** remote_domain_get_numa_parameters_args */
export interface DomainGetNumaParametersArgs {
  dom: DomainHandle
  nparams: number
  flags: number
}
/** remote_domain_get_numa_parameters_ret */
export interface DomainGetNumaParametersRet {
  params: TypedParam[]
  nparams: number
}
/** remote_domain_set_perf_events_args */
export interface DomainSetPerfEventsArgs {
  dom: DomainHandle
  params: TypedParam[]
  flags: number
}
/** remote_domain_get_perf_events_args */
export interface DomainGetPerfEventsArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_get_perf_events_ret */
export interface DomainGetPerfEventsRet {
  params: TypedParam[]
}
/** remote_domain_block_stats_args */
export interface DomainBlockStatsArgs {
  dom: DomainHandle
  path: string
}
/** remote_domain_block_stats_ret */
export interface DomainBlockStatsRet {
  rd_req: Hyper
  rd_bytes: Hyper
  wr_req: Hyper
  wr_bytes: Hyper
  errs: Hyper
}
/** remote_domain_block_stats_flags_args */
export interface DomainBlockStatsFlagsArgs {
  dom: DomainHandle
  path: string
  nparams: number
  flags: number
}
/** remote_domain_block_stats_flags_ret */
export interface DomainBlockStatsFlagsRet {
  params: TypedParam[]
  nparams: number
}
/** remote_domain_interface_stats_args */
export interface DomainInterfaceStatsArgs {
  dom: DomainHandle
  device: string
}
/** remote_domain_interface_stats_ret */
export interface DomainInterfaceStatsRet {
  rx_bytes: Hyper
  rx_packets: Hyper
  rx_errs: Hyper
  rx_drop: Hyper
  tx_bytes: Hyper
  tx_packets: Hyper
  tx_errs: Hyper
  tx_drop: Hyper
}
/** remote_domain_set_interface_parameters_args */
export interface DomainSetInterfaceParametersArgs {
  dom: DomainHandle
  device: string
  params: TypedParam[]
  flags: number
}
/** remote_domain_get_interface_parameters_args */
export interface DomainGetInterfaceParametersArgs {
  dom: DomainHandle
  device: string
  nparams: number
  flags: number
}
/** remote_domain_get_interface_parameters_ret */
export interface DomainGetInterfaceParametersRet {
  params: TypedParam[]
  nparams: number
}
/** remote_domain_memory_stats_args */
export interface DomainMemoryStatsArgs {
  dom: DomainHandle
  maxStats: number
  flags: number
}
/** remote_domain_memory_stat */
export interface DomainMemoryStat {
  tag: number
  val: Hyper
}
/** remote_domain_memory_stats_ret */
export interface DomainMemoryStatsRet {
  stats: DomainMemoryStat[]
}
/** remote_domain_block_peek_args */
export interface DomainBlockPeekArgs {
  dom: DomainHandle
  path: string
  offset: Hyper
  size: number
  flags: number
}
/** remote_domain_block_peek_ret */
export interface DomainBlockPeekRet {
  buffer: Uint8Array
}
/** remote_domain_memory_peek_args */
export interface DomainMemoryPeekArgs {
  dom: DomainHandle
  offset: Hyper
  size: number
  flags: number
}
/** remote_domain_memory_peek_ret */
export interface DomainMemoryPeekRet {
  buffer: Uint8Array
}
/** remote_domain_get_block_info_args */
export interface DomainGetBlockInfoArgs {
  dom: DomainHandle
  path: string
  flags: number
}
/** remote_domain_get_block_info_ret */
export interface DomainGetBlockInfoRet {
  allocation: Hyper
  capacity: Hyper
  physical: Hyper
}
/** remote_connect_list_domains_args */
export interface ConnectListDomainsArgs {
  maxids: number
}
/** remote_connect_list_domains_ret */
export interface ConnectListDomainsRet {
  ids: number[]
}
/** remote_connect_num_of_domains_ret */
export interface ConnectNumOfDomainsRet {
  num: number
}
/** remote_domain_create_xml_args */
export interface DomainCreateXmlArgs {
  xml_desc: string
  flags: number
}
/** remote_domain_create_xml_ret */
export interface DomainCreateXmlRet {
  dom: DomainHandle
}
/** remote_domain_create_xml_with_files_args */
export interface DomainCreateXmlWithFilesArgs {
  xml_desc: string
  flags: number
}
/** remote_domain_create_xml_with_files_ret */
export interface DomainCreateXmlWithFilesRet {
  dom: DomainHandle
}
/** remote_domain_lookup_by_id_args */
export interface DomainLookupByIdArgs {
  id: number
}
/** remote_domain_lookup_by_id_ret */
export interface DomainLookupByIdRet {
  dom: DomainHandle
}
/** remote_domain_lookup_by_uuid_args */
export interface DomainLookupByUuidArgs {
  uuid: string
}
/** remote_domain_lookup_by_uuid_ret */
export interface DomainLookupByUuidRet {
  dom: DomainHandle
}
/** remote_domain_lookup_by_name_args */
export interface DomainLookupByNameArgs {
  name: string
}
/** remote_domain_lookup_by_name_ret */
export interface DomainLookupByNameRet {
  dom: DomainHandle
}
/** remote_domain_suspend_args */
export interface DomainSuspendArgs {
  dom: DomainHandle
}
/** remote_domain_resume_args */
export interface DomainResumeArgs {
  dom: DomainHandle
}
/** remote_domain_pm_suspend_for_duration_args */
export interface DomainPmSuspendForDurationArgs {
  dom: DomainHandle
  target: number
  duration: Hyper
  flags: number
}
/** remote_domain_pm_wakeup_args */
export interface DomainPmWakeupArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_shutdown_args */
export interface DomainShutdownArgs {
  dom: DomainHandle
}
/** remote_domain_reboot_args */
export interface DomainRebootArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_reset_args */
export interface DomainResetArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_destroy_args */
export interface DomainDestroyArgs {
  dom: DomainHandle
}
/** remote_domain_destroy_flags_args */
export interface DomainDestroyFlagsArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_get_os_type_args */
export interface DomainGetOsTypeArgs {
  dom: DomainHandle
}
/** remote_domain_get_os_type_ret */
export interface DomainGetOsTypeRet {
  type: string
}
/** remote_domain_get_max_memory_args */
export interface DomainGetMaxMemoryArgs {
  dom: DomainHandle
}
/** remote_domain_get_max_memory_ret */
export interface DomainGetMaxMemoryRet {
  memory: Hyper
}
/** remote_domain_set_max_memory_args */
export interface DomainSetMaxMemoryArgs {
  dom: DomainHandle
  memory: Hyper
}
/** remote_domain_set_memory_args */
export interface DomainSetMemoryArgs {
  dom: DomainHandle
  memory: Hyper
}
/** remote_domain_set_memory_flags_args */
export interface DomainSetMemoryFlagsArgs {
  dom: DomainHandle
  memory: Hyper
  flags: number
}
/** remote_domain_set_memory_stats_period_args */
export interface DomainSetMemoryStatsPeriodArgs {
  dom: DomainHandle
  period: number
  flags: number
}
/** remote_domain_get_info_args */
export interface DomainGetInfoArgs {
  dom: DomainHandle
}
/** remote_domain_get_info_ret */
export interface DomainGetInfoRet {
  state: number
  maxMem: Hyper
  memory: Hyper
  nrVirtCpu: number
  cpuTime: Hyper
}
/** remote_domain_save_args */
export interface DomainSaveArgs {
  dom: DomainHandle
  to: string
}
/** remote_domain_save_flags_args */
export interface DomainSaveFlagsArgs {
  dom: DomainHandle
  to: string
  dxml: string | null
  flags: number
}
/** remote_domain_save_params_args */
export interface DomainSaveParamsArgs {
  dom: DomainHandle
  params: TypedParam[]
  flags: number
}
/** remote_domain_restore_args */
export interface DomainRestoreArgs {
  from: string
}
/** remote_domain_restore_flags_args */
export interface DomainRestoreFlagsArgs {
  from: string
  dxml: string | null
  flags: number
}
/** remote_domain_restore_params_args */
export interface DomainRestoreParamsArgs {
  params: TypedParam[]
  flags: number
}
/** remote_domain_save_image_get_xml_desc_args */
export interface DomainSaveImageGetXmlDescArgs {
  file: string
  flags: number
}
/** remote_domain_save_image_get_xml_desc_ret */
export interface DomainSaveImageGetXmlDescRet {
  xml: string
}
/** remote_domain_save_image_define_xml_args */
export interface DomainSaveImageDefineXmlArgs {
  file: string
  dxml: string
  flags: number
}
/** remote_domain_core_dump_args */
export interface DomainCoreDumpArgs {
  dom: DomainHandle
  to: string
  flags: number
}
/** remote_domain_core_dump_with_format_args */
export interface DomainCoreDumpWithFormatArgs {
  dom: DomainHandle
  to: string
  dumpformat: number
  flags: number
}
/** remote_domain_screenshot_args */
export interface DomainScreenshotArgs {
  dom: DomainHandle
  screen: number
  flags: number
}
/** remote_domain_screenshot_ret */
export interface DomainScreenshotRet {
  mime: string | null
}
/** remote_domain_get_xml_desc_args */
export interface DomainGetXmlDescArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_get_xml_desc_ret */
export interface DomainGetXmlDescRet {
  xml: string
}
/** remote_domain_migrate_prepare_args */
export interface DomainMigratePrepareArgs {
  uri_in: string | null
  flags: Hyper
  dname: string | null
  resource: Hyper
}
/** remote_domain_migrate_prepare_ret */
export interface DomainMigratePrepareRet {
  cookie: Uint8Array
  uri_out: string | null
}
/** remote_domain_migrate_perform_args */
export interface DomainMigratePerformArgs {
  dom: DomainHandle
  cookie: Uint8Array
  uri: string
  flags: Hyper
  dname: string | null
  resource: Hyper
}
/** remote_domain_migrate_finish_args */
export interface DomainMigrateFinishArgs {
  dname: string
  cookie: Uint8Array
  uri: string
  flags: Hyper
}
/** remote_domain_migrate_finish_ret */
export interface DomainMigrateFinishRet {
  ddom: DomainHandle
}
/** remote_domain_migrate_prepare2_args */
export interface DomainMigratePrepare2Args {
  uri_in: string | null
  flags: Hyper
  dname: string | null
  resource: Hyper
  dom_xml: string
}
/** remote_domain_migrate_prepare2_ret */
export interface DomainMigratePrepare2Ret {
  cookie: Uint8Array
  uri_out: string | null
}
/** remote_domain_migrate_finish2_args */
export interface DomainMigrateFinish2Args {
  dname: string
  cookie: Uint8Array
  uri: string
  flags: Hyper
  retcode: number
}
/** remote_domain_migrate_finish2_ret */
export interface DomainMigrateFinish2Ret {
  ddom: DomainHandle
}
/** remote_connect_list_defined_domains_args */
export interface ConnectListDefinedDomainsArgs {
  maxnames: number
}
/** remote_connect_list_defined_domains_ret */
export interface ConnectListDefinedDomainsRet {
  names: string[]
}
/** remote_connect_num_of_defined_domains_ret */
export interface ConnectNumOfDefinedDomainsRet {
  num: number
}
/** remote_domain_create_args */
export interface DomainCreateArgs {
  dom: DomainHandle
}
/** remote_domain_create_with_flags_args */
export interface DomainCreateWithFlagsArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_create_with_flags_ret */
export interface DomainCreateWithFlagsRet {
  dom: DomainHandle
}
/** remote_domain_create_with_files_args */
export interface DomainCreateWithFilesArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_create_with_files_ret */
export interface DomainCreateWithFilesRet {
  dom: DomainHandle
}
/** remote_domain_define_xml_args */
export interface DomainDefineXmlArgs {
  xml: string
}
/** remote_domain_define_xml_ret */
export interface DomainDefineXmlRet {
  dom: DomainHandle
}
/** remote_domain_define_xml_flags_args */
export interface DomainDefineXmlFlagsArgs {
  xml: string
  flags: number
}
/** remote_domain_define_xml_flags_ret */
export interface DomainDefineXmlFlagsRet {
  dom: DomainHandle
}
/** remote_domain_undefine_args */
export interface DomainUndefineArgs {
  dom: DomainHandle
}
/** remote_domain_undefine_flags_args */
export interface DomainUndefineFlagsArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_inject_nmi_args */
export interface DomainInjectNmiArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_send_key_args */
export interface DomainSendKeyArgs {
  dom: DomainHandle
  codeset: number
  holdtime: number
  keycodes: number[]
  flags: number
}
/** remote_domain_send_process_signal_args */
export interface DomainSendProcessSignalArgs {
  dom: DomainHandle
  pid_value: Hyper
  signum: number
  flags: number
}
/** remote_domain_set_vcpus_args */
export interface DomainSetVcpusArgs {
  dom: DomainHandle
  nvcpus: number
}
/** remote_domain_set_vcpus_flags_args */
export interface DomainSetVcpusFlagsArgs {
  dom: DomainHandle
  nvcpus: number
  flags: number
}
/** remote_domain_get_vcpus_flags_args */
export interface DomainGetVcpusFlagsArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_get_vcpus_flags_ret */
export interface DomainGetVcpusFlagsRet {
  num: number
}
/** remote_domain_pin_vcpu_args */
export interface DomainPinVcpuArgs {
  dom: DomainHandle
  vcpu: number
  cpumap: Uint8Array
}
/** remote_domain_pin_vcpu_flags_args */
export interface DomainPinVcpuFlagsArgs {
  dom: DomainHandle
  vcpu: number
  cpumap: Uint8Array
  flags: number
}
/** remote_domain_get_vcpu_pin_info_args */
export interface DomainGetVcpuPinInfoArgs {
  dom: DomainHandle
  ncpumaps: number
  maplen: number
  flags: number
}
/** remote_domain_get_vcpu_pin_info_ret */
export interface DomainGetVcpuPinInfoRet {
  cpumaps: Uint8Array
  num: number
}
/** remote_domain_pin_emulator_args */
export interface DomainPinEmulatorArgs {
  dom: DomainHandle
  cpumap: Uint8Array
  flags: number
}
/** remote_domain_get_emulator_pin_info_args */
export interface DomainGetEmulatorPinInfoArgs {
  dom: DomainHandle
  maplen: number
  flags: number
}
/** remote_domain_get_emulator_pin_info_ret */
export interface DomainGetEmulatorPinInfoRet {
  cpumaps: Uint8Array
  ret: number
}
/** remote_domain_get_vcpus_args */
export interface DomainGetVcpusArgs {
  dom: DomainHandle
  maxinfo: number
  maplen: number
}
/** remote_domain_get_vcpus_ret */
export interface DomainGetVcpusRet {
  info: VcpuInfo[]
  cpumaps: Uint8Array
}
/** remote_domain_get_max_vcpus_args */
export interface DomainGetMaxVcpusArgs {
  dom: DomainHandle
}
/** remote_domain_get_max_vcpus_ret */
export interface DomainGetMaxVcpusRet {
  num: number
}
/** remote_domain_iothread_info */
export interface DomainIothreadInfo {
  iothread_id: number
  cpumap: Uint8Array
}
/** remote_domain_get_iothread_info_args */
export interface DomainGetIothreadInfoArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_get_iothread_info_ret */
export interface DomainGetIothreadInfoRet {
  info: DomainIothreadInfo[]
  ret: number
}
/** remote_domain_pin_iothread_args */
export interface DomainPinIothreadArgs {
  dom: DomainHandle
  iothreads_id: number
  cpumap: Uint8Array
  flags: number
}
/** remote_domain_add_iothread_args */
export interface DomainAddIothreadArgs {
  dom: DomainHandle
  iothread_id: number
  flags: number
}
/** remote_domain_del_iothread_args */
export interface DomainDelIothreadArgs {
  dom: DomainHandle
  iothread_id: number
  flags: number
}
/** remote_domain_set_iothread_params_args */
export interface DomainSetIothreadParamsArgs {
  dom: DomainHandle
  iothread_id: number
  params: TypedParam[]
  flags: number
}
/** remote_domain_get_security_label_args */
export interface DomainGetSecurityLabelArgs {
  dom: DomainHandle
}
/** remote_domain_get_security_label_ret */
export interface DomainGetSecurityLabelRet {
  label: Uint8Array
  enforcing: number
}
/** remote_domain_get_security_label_list_args */
export interface DomainGetSecurityLabelListArgs {
  dom: DomainHandle
}
/** remote_domain_get_security_label_list_ret */
export interface DomainGetSecurityLabelListRet {
  labels: DomainGetSecurityLabelRet[]
  ret: number
}
/** remote_node_get_security_model_ret */
export interface NodeGetSecurityModelRet {
  model: Uint8Array
  doi: Uint8Array
}
/** remote_domain_attach_device_args */
export interface DomainAttachDeviceArgs {
  dom: DomainHandle
  xml: string
}
/** remote_domain_attach_device_flags_args */
export interface DomainAttachDeviceFlagsArgs {
  dom: DomainHandle
  xml: string
  flags: number
}
/** remote_domain_detach_device_args */
export interface DomainDetachDeviceArgs {
  dom: DomainHandle
  xml: string
}
/** remote_domain_detach_device_flags_args */
export interface DomainDetachDeviceFlagsArgs {
  dom: DomainHandle
  xml: string
  flags: number
}
/** remote_domain_update_device_flags_args */
export interface DomainUpdateDeviceFlagsArgs {
  dom: DomainHandle
  xml: string
  flags: number
}
/** remote_domain_detach_device_alias_args */
export interface DomainDetachDeviceAliasArgs {
  dom: DomainHandle
  alias: string
  flags: number
}
/** remote_domain_get_autostart_args */
export interface DomainGetAutostartArgs {
  dom: DomainHandle
}
/** remote_domain_get_autostart_ret */
export interface DomainGetAutostartRet {
  autostart: number
}
/** remote_domain_set_autostart_args */
export interface DomainSetAutostartArgs {
  dom: DomainHandle
  autostart: number
}
/** remote_domain_set_metadata_args */
export interface DomainSetMetadataArgs {
  dom: DomainHandle
  type: number
  metadata: string | null
  key: string | null
  uri: string | null
  flags: number
}
/** remote_domain_get_metadata_args */
export interface DomainGetMetadataArgs {
  dom: DomainHandle
  type: number
  uri: string | null
  flags: number
}
/** remote_domain_get_metadata_ret */
export interface DomainGetMetadataRet {
  metadata: string
}
/** remote_domain_block_job_abort_args */
export interface DomainBlockJobAbortArgs {
  dom: DomainHandle
  path: string
  flags: number
}
/** remote_domain_get_block_job_info_args */
export interface DomainGetBlockJobInfoArgs {
  dom: DomainHandle
  path: string
  flags: number
}
/** remote_domain_get_block_job_info_ret */
export interface DomainGetBlockJobInfoRet {
  found: number
  type: number
  bandwidth: Hyper
  cur: Hyper
  end: Hyper
}
/** remote_domain_block_job_set_speed_args */
export interface DomainBlockJobSetSpeedArgs {
  dom: DomainHandle
  path: string
  bandwidth: Hyper
  flags: number
}
/** remote_domain_block_pull_args */
export interface DomainBlockPullArgs {
  dom: DomainHandle
  path: string
  bandwidth: Hyper
  flags: number
}
/** remote_domain_block_rebase_args */
export interface DomainBlockRebaseArgs {
  dom: DomainHandle
  path: string
  base: string | null
  bandwidth: Hyper
  flags: number
}
/** remote_domain_block_copy_args */
export interface DomainBlockCopyArgs {
  dom: DomainHandle
  path: string
  destxml: string
  params: TypedParam[]
  flags: number
}
/** remote_domain_block_commit_args */
export interface DomainBlockCommitArgs {
  dom: DomainHandle
  disk: string
  base: string | null
  top: string | null
  bandwidth: Hyper
  flags: number
}
/** remote_domain_set_block_io_tune_args */
export interface DomainSetBlockIoTuneArgs {
  dom: DomainHandle
  disk: string
  params: TypedParam[]
  flags: number
}
/** remote_domain_get_block_io_tune_args */
export interface DomainGetBlockIoTuneArgs {
  dom: DomainHandle
  disk: string | null
  nparams: number
  flags: number
}
/** remote_domain_get_block_io_tune_ret */
export interface DomainGetBlockIoTuneRet {
  params: TypedParam[]
  nparams: number
}
/** remote_domain_set_throttle_group_args */
export interface DomainSetThrottleGroupArgs {
  dom: DomainHandle
  group: string
  params: TypedParam[]
  flags: number
}
/** remote_domain_del_throttle_group_args */
export interface DomainDelThrottleGroupArgs {
  dom: DomainHandle
  group: string | null
  flags: number
}
/** remote_domain_get_cpu_stats_args */
export interface DomainGetCpuStatsArgs {
  dom: DomainHandle
  nparams: number
  start_cpu: number
  ncpus: number
  flags: number
}
/** remote_domain_get_cpu_stats_ret */
export interface DomainGetCpuStatsRet {
  params: TypedParam[]
  nparams: number
}
/** remote_domain_get_hostname_args */
export interface DomainGetHostnameArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_get_hostname_ret */
export interface DomainGetHostnameRet {
  hostname: string
}
/** remote_connect_num_of_networks_ret */
export interface ConnectNumOfNetworksRet {
  num: number
}
/** remote_connect_list_networks_args */
export interface ConnectListNetworksArgs {
  maxnames: number
}
/** remote_connect_list_networks_ret */
export interface ConnectListNetworksRet {
  names: string[]
}
/** remote_connect_num_of_defined_networks_ret */
export interface ConnectNumOfDefinedNetworksRet {
  num: number
}
/** remote_connect_list_defined_networks_args */
export interface ConnectListDefinedNetworksArgs {
  maxnames: number
}
/** remote_connect_list_defined_networks_ret */
export interface ConnectListDefinedNetworksRet {
  names: string[]
}
/** remote_network_lookup_by_uuid_args */
export interface NetworkLookupByUuidArgs {
  uuid: string
}
/** remote_network_lookup_by_uuid_ret */
export interface NetworkLookupByUuidRet {
  net: NetworkHandle
}
/** remote_network_lookup_by_name_args */
export interface NetworkLookupByNameArgs {
  name: string
}
/** remote_network_lookup_by_name_ret */
export interface NetworkLookupByNameRet {
  net: NetworkHandle
}
/** remote_network_create_xml_args */
export interface NetworkCreateXmlArgs {
  xml: string
}
/** remote_network_create_xml_ret */
export interface NetworkCreateXmlRet {
  net: NetworkHandle
}
/** remote_network_create_xml_flags_args */
export interface NetworkCreateXmlFlagsArgs {
  xml: string
  flags: number
}
/** remote_network_create_xml_flags_ret */
export interface NetworkCreateXmlFlagsRet {
  net: NetworkHandle
}
/** remote_network_define_xml_args */
export interface NetworkDefineXmlArgs {
  xml: string
}
/** remote_network_define_xml_ret */
export interface NetworkDefineXmlRet {
  net: NetworkHandle
}
/** remote_network_define_xml_flags_args */
export interface NetworkDefineXmlFlagsArgs {
  xml: string
  flags: number
}
/** remote_network_define_xml_flags_ret */
export interface NetworkDefineXmlFlagsRet {
  net: NetworkHandle
}
/** remote_network_undefine_args */
export interface NetworkUndefineArgs {
  net: NetworkHandle
}
/** remote_network_update_args */
export interface NetworkUpdateArgs {
  net: NetworkHandle
  command: number
  section: number
  parentIndex: number
  xml: string
  flags: number
}
/** remote_network_create_args */
export interface NetworkCreateArgs {
  net: NetworkHandle
}
/** remote_network_destroy_args */
export interface NetworkDestroyArgs {
  net: NetworkHandle
}
/** remote_network_get_xml_desc_args */
export interface NetworkGetXmlDescArgs {
  net: NetworkHandle
  flags: number
}
/** remote_network_get_xml_desc_ret */
export interface NetworkGetXmlDescRet {
  xml: string
}
/** remote_network_get_bridge_name_args */
export interface NetworkGetBridgeNameArgs {
  net: NetworkHandle
}
/** remote_network_get_bridge_name_ret */
export interface NetworkGetBridgeNameRet {
  name: string
}
/** remote_network_get_autostart_args */
export interface NetworkGetAutostartArgs {
  net: NetworkHandle
}
/** remote_network_get_autostart_ret */
export interface NetworkGetAutostartRet {
  autostart: number
}
/** remote_network_set_autostart_args */
export interface NetworkSetAutostartArgs {
  net: NetworkHandle
  autostart: number
}
/** remote_connect_num_of_nwfilters_ret */
export interface ConnectNumOfNwfiltersRet {
  num: number
}
/** remote_connect_list_nwfilters_args */
export interface ConnectListNwfiltersArgs {
  maxnames: number
}
/** remote_connect_list_nwfilters_ret */
export interface ConnectListNwfiltersRet {
  names: string[]
}
/** remote_nwfilter_lookup_by_uuid_args */
export interface NwfilterLookupByUuidArgs {
  uuid: string
}
/** remote_nwfilter_lookup_by_uuid_ret */
export interface NwfilterLookupByUuidRet {
  nwfilter: NwfilterHandle
}
/** remote_nwfilter_lookup_by_name_args */
export interface NwfilterLookupByNameArgs {
  name: string
}
/** remote_nwfilter_lookup_by_name_ret */
export interface NwfilterLookupByNameRet {
  nwfilter: NwfilterHandle
}
/** remote_nwfilter_define_xml_args */
export interface NwfilterDefineXmlArgs {
  xml: string
}
/** remote_nwfilter_define_xml_ret */
export interface NwfilterDefineXmlRet {
  nwfilter: NwfilterHandle
}
/** remote_nwfilter_define_xml_flags_args */
export interface NwfilterDefineXmlFlagsArgs {
  xml: string
  flags: number
}
/** remote_nwfilter_define_xml_flags_ret */
export interface NwfilterDefineXmlFlagsRet {
  nwfilter: NwfilterHandle
}
/** remote_nwfilter_undefine_args */
export interface NwfilterUndefineArgs {
  nwfilter: NwfilterHandle
}
/** remote_nwfilter_get_xml_desc_args */
export interface NwfilterGetXmlDescArgs {
  nwfilter: NwfilterHandle
  flags: number
}
/** remote_nwfilter_get_xml_desc_ret */
export interface NwfilterGetXmlDescRet {
  xml: string
}
/** remote_connect_num_of_interfaces_ret */
export interface ConnectNumOfInterfacesRet {
  num: number
}
/** remote_connect_list_interfaces_args */
export interface ConnectListInterfacesArgs {
  maxnames: number
}
/** remote_connect_list_interfaces_ret */
export interface ConnectListInterfacesRet {
  names: string[]
}
/** remote_connect_num_of_defined_interfaces_ret */
export interface ConnectNumOfDefinedInterfacesRet {
  num: number
}
/** remote_connect_list_defined_interfaces_args */
export interface ConnectListDefinedInterfacesArgs {
  maxnames: number
}
/** remote_connect_list_defined_interfaces_ret */
export interface ConnectListDefinedInterfacesRet {
  names: string[]
}
/** remote_interface_lookup_by_name_args */
export interface InterfaceLookupByNameArgs {
  name: string
}
/** remote_interface_lookup_by_name_ret */
export interface InterfaceLookupByNameRet {
  iface: InterfaceHandle
}
/** remote_interface_lookup_by_mac_string_args */
export interface InterfaceLookupByMacStringArgs {
  mac: string
}
/** remote_interface_lookup_by_mac_string_ret */
export interface InterfaceLookupByMacStringRet {
  iface: InterfaceHandle
}
/** remote_interface_get_xml_desc_args */
export interface InterfaceGetXmlDescArgs {
  iface: InterfaceHandle
  flags: number
}
/** remote_interface_get_xml_desc_ret */
export interface InterfaceGetXmlDescRet {
  xml: string
}
/** remote_interface_define_xml_args */
export interface InterfaceDefineXmlArgs {
  xml: string
  flags: number
}
/** remote_interface_define_xml_ret */
export interface InterfaceDefineXmlRet {
  iface: InterfaceHandle
}
/** remote_interface_undefine_args */
export interface InterfaceUndefineArgs {
  iface: InterfaceHandle
}
/** remote_interface_create_args */
export interface InterfaceCreateArgs {
  iface: InterfaceHandle
  flags: number
}
/** remote_interface_destroy_args */
export interface InterfaceDestroyArgs {
  iface: InterfaceHandle
  flags: number
}
/** remote_interface_change_begin_args */
export interface InterfaceChangeBeginArgs {
  flags: number
}
/** remote_interface_change_commit_args */
export interface InterfaceChangeCommitArgs {
  flags: number
}
/** remote_interface_change_rollback_args */
export interface InterfaceChangeRollbackArgs {
  flags: number
}
/** remote_auth_list_ret */
export interface AuthListRet {
  types: number[]
}
/** remote_auth_sasl_init_ret */
export interface AuthSaslInitRet {
  mechlist: string
}
/** remote_auth_sasl_start_args */
export interface AuthSaslStartArgs {
  mech: string
  nil: number
  data: Uint8Array
}
/** remote_auth_sasl_start_ret */
export interface AuthSaslStartRet {
  complete: number
  nil: number
  data: Uint8Array
}
/** remote_auth_sasl_step_args */
export interface AuthSaslStepArgs {
  nil: number
  data: Uint8Array
}
/** remote_auth_sasl_step_ret */
export interface AuthSaslStepRet {
  complete: number
  nil: number
  data: Uint8Array
}
/** remote_auth_polkit_ret */
export interface AuthPolkitRet {
  complete: number
}
/** remote_connect_num_of_storage_pools_ret */
export interface ConnectNumOfStoragePoolsRet {
  num: number
}
/** remote_connect_list_storage_pools_args */
export interface ConnectListStoragePoolsArgs {
  maxnames: number
}
/** remote_connect_list_storage_pools_ret */
export interface ConnectListStoragePoolsRet {
  names: string[]
}
/** remote_connect_num_of_defined_storage_pools_ret */
export interface ConnectNumOfDefinedStoragePoolsRet {
  num: number
}
/** remote_connect_list_defined_storage_pools_args */
export interface ConnectListDefinedStoragePoolsArgs {
  maxnames: number
}
/** remote_connect_list_defined_storage_pools_ret */
export interface ConnectListDefinedStoragePoolsRet {
  names: string[]
}
/** remote_connect_find_storage_pool_sources_args */
export interface ConnectFindStoragePoolSourcesArgs {
  type: string
  srcSpec: string | null
  flags: number
}
/** remote_connect_find_storage_pool_sources_ret */
export interface ConnectFindStoragePoolSourcesRet {
  xml: string
}
/** remote_storage_pool_lookup_by_uuid_args */
export interface StoragePoolLookupByUuidArgs {
  uuid: string
}
/** remote_storage_pool_lookup_by_uuid_ret */
export interface StoragePoolLookupByUuidRet {
  pool: StoragePoolHandle
}
/** remote_storage_pool_lookup_by_name_args */
export interface StoragePoolLookupByNameArgs {
  name: string
}
/** remote_storage_pool_lookup_by_name_ret */
export interface StoragePoolLookupByNameRet {
  pool: StoragePoolHandle
}
/** remote_storage_pool_lookup_by_volume_args */
export interface StoragePoolLookupByVolumeArgs {
  vol: StorageVolHandle
}
/** remote_storage_pool_lookup_by_volume_ret */
export interface StoragePoolLookupByVolumeRet {
  pool: StoragePoolHandle
}
/** remote_storage_pool_lookup_by_target_path_args */
export interface StoragePoolLookupByTargetPathArgs {
  path: string
}
/** remote_storage_pool_lookup_by_target_path_ret */
export interface StoragePoolLookupByTargetPathRet {
  pool: StoragePoolHandle
}
/** remote_storage_pool_create_xml_args */
export interface StoragePoolCreateXmlArgs {
  xml: string
  flags: number
}
/** remote_storage_pool_create_xml_ret */
export interface StoragePoolCreateXmlRet {
  pool: StoragePoolHandle
}
/** remote_storage_pool_define_xml_args */
export interface StoragePoolDefineXmlArgs {
  xml: string
  flags: number
}
/** remote_storage_pool_define_xml_ret */
export interface StoragePoolDefineXmlRet {
  pool: StoragePoolHandle
}
/** remote_storage_pool_build_args */
export interface StoragePoolBuildArgs {
  pool: StoragePoolHandle
  flags: number
}
/** remote_storage_pool_undefine_args */
export interface StoragePoolUndefineArgs {
  pool: StoragePoolHandle
}
/** remote_storage_pool_create_args */
export interface StoragePoolCreateArgs {
  pool: StoragePoolHandle
  flags: number
}
/** remote_storage_pool_destroy_args */
export interface StoragePoolDestroyArgs {
  pool: StoragePoolHandle
}
/** remote_storage_pool_delete_args */
export interface StoragePoolDeleteArgs {
  pool: StoragePoolHandle
  flags: number
}
/** remote_storage_pool_refresh_args */
export interface StoragePoolRefreshArgs {
  pool: StoragePoolHandle
  flags: number
}
/** remote_storage_pool_get_xml_desc_args */
export interface StoragePoolGetXmlDescArgs {
  pool: StoragePoolHandle
  flags: number
}
/** remote_storage_pool_get_xml_desc_ret */
export interface StoragePoolGetXmlDescRet {
  xml: string
}
/** remote_storage_pool_get_info_args */
export interface StoragePoolGetInfoArgs {
  pool: StoragePoolHandle
}
/** remote_storage_pool_get_info_ret */
export interface StoragePoolGetInfoRet {
  state: number
  capacity: Hyper
  allocation: Hyper
  available: Hyper
}
/** remote_storage_pool_get_autostart_args */
export interface StoragePoolGetAutostartArgs {
  pool: StoragePoolHandle
}
/** remote_storage_pool_get_autostart_ret */
export interface StoragePoolGetAutostartRet {
  autostart: number
}
/** remote_storage_pool_set_autostart_args */
export interface StoragePoolSetAutostartArgs {
  pool: StoragePoolHandle
  autostart: number
}
/** remote_storage_pool_num_of_volumes_args */
export interface StoragePoolNumOfVolumesArgs {
  pool: StoragePoolHandle
}
/** remote_storage_pool_num_of_volumes_ret */
export interface StoragePoolNumOfVolumesRet {
  num: number
}
/** remote_storage_pool_list_volumes_args */
export interface StoragePoolListVolumesArgs {
  pool: StoragePoolHandle
  maxnames: number
}
/** remote_storage_pool_list_volumes_ret */
export interface StoragePoolListVolumesRet {
  names: string[]
}
/** remote_storage_vol_lookup_by_name_args */
export interface StorageVolLookupByNameArgs {
  pool: StoragePoolHandle
  name: string
}
/** remote_storage_vol_lookup_by_name_ret */
export interface StorageVolLookupByNameRet {
  vol: StorageVolHandle
}
/** remote_storage_vol_lookup_by_key_args */
export interface StorageVolLookupByKeyArgs {
  key: string
}
/** remote_storage_vol_lookup_by_key_ret */
export interface StorageVolLookupByKeyRet {
  vol: StorageVolHandle
}
/** remote_storage_vol_lookup_by_path_args */
export interface StorageVolLookupByPathArgs {
  path: string
}
/** remote_storage_vol_lookup_by_path_ret */
export interface StorageVolLookupByPathRet {
  vol: StorageVolHandle
}
/** remote_storage_vol_create_xml_args */
export interface StorageVolCreateXmlArgs {
  pool: StoragePoolHandle
  xml: string
  flags: number
}
/** remote_storage_vol_create_xml_ret */
export interface StorageVolCreateXmlRet {
  vol: StorageVolHandle
}
/** remote_storage_vol_create_xml_from_args */
export interface StorageVolCreateXmlFromArgs {
  pool: StoragePoolHandle
  xml: string
  clonevol: StorageVolHandle
  flags: number
}
/** remote_storage_vol_create_xml_from_ret */
export interface StorageVolCreateXmlFromRet {
  vol: StorageVolHandle
}
/** remote_storage_vol_delete_args */
export interface StorageVolDeleteArgs {
  vol: StorageVolHandle
  flags: number
}
/** remote_storage_vol_wipe_args */
export interface StorageVolWipeArgs {
  vol: StorageVolHandle
  flags: number
}
/** remote_storage_vol_wipe_pattern_args */
export interface StorageVolWipePatternArgs {
  vol: StorageVolHandle
  algorithm: number
  flags: number
}
/** remote_storage_vol_get_xml_desc_args */
export interface StorageVolGetXmlDescArgs {
  vol: StorageVolHandle
  flags: number
}
/** remote_storage_vol_get_xml_desc_ret */
export interface StorageVolGetXmlDescRet {
  xml: string
}
/** remote_storage_vol_get_info_args */
export interface StorageVolGetInfoArgs {
  vol: StorageVolHandle
}
/** remote_storage_vol_get_info_ret */
export interface StorageVolGetInfoRet {
  type: number
  capacity: Hyper
  allocation: Hyper
}
/** remote_storage_vol_get_info_flags_args */
export interface StorageVolGetInfoFlagsArgs {
  vol: StorageVolHandle
  flags: number
}
/** remote_storage_vol_get_info_flags_ret */
export interface StorageVolGetInfoFlagsRet {
  type: number
  capacity: Hyper
  allocation: Hyper
}
/** remote_storage_vol_get_path_args */
export interface StorageVolGetPathArgs {
  vol: StorageVolHandle
}
/** remote_storage_vol_get_path_ret */
export interface StorageVolGetPathRet {
  name: string
}
/** remote_storage_vol_resize_args */
export interface StorageVolResizeArgs {
  vol: StorageVolHandle
  capacity: Hyper
  flags: number
}
/** remote_node_num_of_devices_args */
export interface NodeNumOfDevicesArgs {
  cap: string | null
  flags: number
}
/** remote_node_num_of_devices_ret */
export interface NodeNumOfDevicesRet {
  num: number
}
/** remote_node_list_devices_args */
export interface NodeListDevicesArgs {
  cap: string | null
  maxnames: number
  flags: number
}
/** remote_node_list_devices_ret */
export interface NodeListDevicesRet {
  names: string[]
}
/** remote_node_device_lookup_by_name_args */
export interface NodeDeviceLookupByNameArgs {
  name: string
}
/** remote_node_device_lookup_by_name_ret */
export interface NodeDeviceLookupByNameRet {
  dev: NodeDeviceHandle
}
/** remote_node_device_lookup_scsi_host_by_wwn_args */
export interface NodeDeviceLookupScsiHostByWwnArgs {
  wwnn: string
  wwpn: string
  flags: number
}
/** remote_node_device_lookup_scsi_host_by_wwn_ret */
export interface NodeDeviceLookupScsiHostByWwnRet {
  dev: NodeDeviceHandle
}
/** remote_node_device_get_xml_desc_args */
export interface NodeDeviceGetXmlDescArgs {
  name: string
  flags: number
}
/** remote_node_device_get_xml_desc_ret */
export interface NodeDeviceGetXmlDescRet {
  xml: string
}
/** remote_node_device_get_parent_args */
export interface NodeDeviceGetParentArgs {
  name: string
}
/** remote_node_device_get_parent_ret */
export interface NodeDeviceGetParentRet {
  parentName: string | null
}
/** remote_node_device_num_of_caps_args */
export interface NodeDeviceNumOfCapsArgs {
  name: string
}
/** remote_node_device_num_of_caps_ret */
export interface NodeDeviceNumOfCapsRet {
  num: number
}
/** remote_node_device_list_caps_args */
export interface NodeDeviceListCapsArgs {
  name: string
  maxnames: number
}
/** remote_node_device_list_caps_ret */
export interface NodeDeviceListCapsRet {
  names: string[]
}
/** remote_node_device_dettach_args */
export interface NodeDeviceDettachArgs {
  name: string
}
/** remote_node_device_detach_flags_args */
export interface NodeDeviceDetachFlagsArgs {
  name: string
  driverName: string | null
  flags: number
}
/** remote_node_device_re_attach_args */
export interface NodeDeviceReAttachArgs {
  name: string
}
/** remote_node_device_reset_args */
export interface NodeDeviceResetArgs {
  name: string
}
/** remote_node_device_create_xml_args */
export interface NodeDeviceCreateXmlArgs {
  xml_desc: string
  flags: number
}
/** remote_node_device_create_xml_ret */
export interface NodeDeviceCreateXmlRet {
  dev: NodeDeviceHandle
}
/** remote_node_device_destroy_args */
export interface NodeDeviceDestroyArgs {
  name: string
}
/** remote_node_device_define_xml_args */
export interface NodeDeviceDefineXmlArgs {
  xml_desc: string
  flags: number
}
/** remote_node_device_define_xml_ret */
export interface NodeDeviceDefineXmlRet {
  dev: NodeDeviceHandle
}
/** remote_node_device_undefine_args */
export interface NodeDeviceUndefineArgs {
  name: string
  flags: number
}
/** remote_node_device_create_args */
export interface NodeDeviceCreateArgs {
  name: string
  flags: number
}
/** remote_node_device_get_autostart_args */
export interface NodeDeviceGetAutostartArgs {
  name: string
}
/** remote_node_device_get_autostart_ret */
export interface NodeDeviceGetAutostartRet {
  autostart: number
}
/** remote_node_device_set_autostart_args */
export interface NodeDeviceSetAutostartArgs {
  name: string
  autostart: number
}
/** remote_node_device_is_persistent_args */
export interface NodeDeviceIsPersistentArgs {
  name: string
}
/** remote_node_device_is_persistent_ret */
export interface NodeDeviceIsPersistentRet {
  persistent: number
}
/** remote_node_device_is_active_args */
export interface NodeDeviceIsActiveArgs {
  name: string
}
/** remote_node_device_is_active_ret */
export interface NodeDeviceIsActiveRet {
  active: number
}
/** remote_node_device_update_args */
export interface NodeDeviceUpdateArgs {
  name: string
  xml_desc: string
  flags: number
}
/** remote_connect_domain_event_register_ret */
export interface ConnectDomainEventRegisterRet {
  cb_registered: number
}
/** remote_connect_domain_event_deregister_ret */
export interface ConnectDomainEventDeregisterRet {
  cb_registered: number
}
/** remote_domain_event_lifecycle_msg */
export interface DomainEventLifecycleMsg {
  dom: DomainHandle
  event: number
  detail: number
}
/** remote_domain_event_callback_lifecycle_msg */
export interface DomainEventCallbackLifecycleMsg {
  callbackID: number
  msg: DomainEventLifecycleMsg
}
/** remote_connect_domain_xml_from_native_args */
export interface ConnectDomainXmlFromNativeArgs {
  nativeFormat: string
  nativeConfig: string
  flags: number
}
/** remote_connect_domain_xml_from_native_ret */
export interface ConnectDomainXmlFromNativeRet {
  domainXml: string
}
/** remote_connect_domain_xml_to_native_args */
export interface ConnectDomainXmlToNativeArgs {
  nativeFormat: string
  domainXml: string
  flags: number
}
/** remote_connect_domain_xml_to_native_ret */
export interface ConnectDomainXmlToNativeRet {
  nativeConfig: string
}
/** remote_connect_num_of_secrets_ret */
export interface ConnectNumOfSecretsRet {
  num: number
}
/** remote_connect_list_secrets_args */
export interface ConnectListSecretsArgs {
  maxuuids: number
}
/** remote_connect_list_secrets_ret */
export interface ConnectListSecretsRet {
  uuids: string[]
}
/** remote_secret_lookup_by_uuid_args */
export interface SecretLookupByUuidArgs {
  uuid: string
}
/** remote_secret_lookup_by_uuid_ret */
export interface SecretLookupByUuidRet {
  secret: SecretHandle
}
/** remote_secret_define_xml_args */
export interface SecretDefineXmlArgs {
  xml: string
  flags: number
}
/** remote_secret_define_xml_ret */
export interface SecretDefineXmlRet {
  secret: SecretHandle
}
/** remote_secret_get_xml_desc_args */
export interface SecretGetXmlDescArgs {
  secret: SecretHandle
  flags: number
}
/** remote_secret_get_xml_desc_ret */
export interface SecretGetXmlDescRet {
  xml: string
}
/** remote_secret_set_value_args */
export interface SecretSetValueArgs {
  secret: SecretHandle
  value: Uint8Array
  flags: number
}
/** remote_secret_get_value_args */
export interface SecretGetValueArgs {
  secret: SecretHandle
  flags: number
}
/** remote_secret_get_value_ret */
export interface SecretGetValueRet {
  value: Uint8Array
}
/** remote_secret_undefine_args */
export interface SecretUndefineArgs {
  secret: SecretHandle
}
/** remote_secret_lookup_by_usage_args */
export interface SecretLookupByUsageArgs {
  usageType: number
  usageID: string
}
/** remote_secret_lookup_by_usage_ret */
export interface SecretLookupByUsageRet {
  secret: SecretHandle
}
/** remote_domain_migrate_prepare_tunnel_args */
export interface DomainMigratePrepareTunnelArgs {
  flags: Hyper
  dname: string | null
  resource: Hyper
  dom_xml: string
}
/** remote_connect_is_secure_ret */
export interface ConnectIsSecureRet {
  secure: number
}
/** remote_domain_is_active_args */
export interface DomainIsActiveArgs {
  dom: DomainHandle
}
/** remote_domain_is_active_ret */
export interface DomainIsActiveRet {
  active: number
}
/** remote_domain_is_persistent_args */
export interface DomainIsPersistentArgs {
  dom: DomainHandle
}
/** remote_domain_is_persistent_ret */
export interface DomainIsPersistentRet {
  persistent: number
}
/** remote_domain_is_updated_args */
export interface DomainIsUpdatedArgs {
  dom: DomainHandle
}
/** remote_domain_is_updated_ret */
export interface DomainIsUpdatedRet {
  updated: number
}
/** remote_network_is_active_args */
export interface NetworkIsActiveArgs {
  net: NetworkHandle
}
/** remote_network_is_active_ret */
export interface NetworkIsActiveRet {
  active: number
}
/** remote_network_is_persistent_args */
export interface NetworkIsPersistentArgs {
  net: NetworkHandle
}
/** remote_network_is_persistent_ret */
export interface NetworkIsPersistentRet {
  persistent: number
}
/** remote_storage_pool_is_active_args */
export interface StoragePoolIsActiveArgs {
  pool: StoragePoolHandle
}
/** remote_storage_pool_is_active_ret */
export interface StoragePoolIsActiveRet {
  active: number
}
/** remote_storage_pool_is_persistent_args */
export interface StoragePoolIsPersistentArgs {
  pool: StoragePoolHandle
}
/** remote_storage_pool_is_persistent_ret */
export interface StoragePoolIsPersistentRet {
  persistent: number
}
/** remote_interface_is_active_args */
export interface InterfaceIsActiveArgs {
  iface: InterfaceHandle
}
/** remote_interface_is_active_ret */
export interface InterfaceIsActiveRet {
  active: number
}
/** remote_connect_compare_cpu_args */
export interface ConnectCompareCpuArgs {
  xml: string
  flags: number
}
/** remote_connect_compare_cpu_ret */
export interface ConnectCompareCpuRet {
  result: number
}
/** remote_connect_baseline_cpu_args */
export interface ConnectBaselineCpuArgs {
  xmlCPUs: string[]
  flags: number
}
/** remote_connect_baseline_cpu_ret */
export interface ConnectBaselineCpuRet {
  cpu: string
}
/** remote_domain_get_job_info_args */
export interface DomainGetJobInfoArgs {
  dom: DomainHandle
}
/** remote_domain_get_job_info_ret */
export interface DomainGetJobInfoRet {
  type: number
  timeElapsed: Hyper
  timeRemaining: Hyper
  dataTotal: Hyper
  dataProcessed: Hyper
  dataRemaining: Hyper
  memTotal: Hyper
  memProcessed: Hyper
  memRemaining: Hyper
  fileTotal: Hyper
  fileProcessed: Hyper
  fileRemaining: Hyper
}
/** remote_domain_get_job_stats_args */
export interface DomainGetJobStatsArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_get_job_stats_ret */
export interface DomainGetJobStatsRet {
  type: number
  params: TypedParam[]
}
/** remote_domain_abort_job_args */
export interface DomainAbortJobArgs {
  dom: DomainHandle
}
/** remote_domain_abort_job_flags_args */
export interface DomainAbortJobFlagsArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_migrate_get_max_downtime_args */
export interface DomainMigrateGetMaxDowntimeArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_migrate_get_max_downtime_ret */
export interface DomainMigrateGetMaxDowntimeRet {
  downtime: Hyper
}
/** remote_domain_migrate_set_max_downtime_args */
export interface DomainMigrateSetMaxDowntimeArgs {
  dom: DomainHandle
  downtime: Hyper
  flags: number
}
/** remote_domain_migrate_get_compression_cache_args */
export interface DomainMigrateGetCompressionCacheArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_migrate_get_compression_cache_ret */
export interface DomainMigrateGetCompressionCacheRet {
  cacheSize: Hyper
}
/** remote_domain_migrate_set_compression_cache_args */
export interface DomainMigrateSetCompressionCacheArgs {
  dom: DomainHandle
  cacheSize: Hyper
  flags: number
}
/** remote_domain_migrate_set_max_speed_args */
export interface DomainMigrateSetMaxSpeedArgs {
  dom: DomainHandle
  bandwidth: Hyper
  flags: number
}
/** remote_domain_migrate_get_max_speed_args */
export interface DomainMigrateGetMaxSpeedArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_migrate_get_max_speed_ret */
export interface DomainMigrateGetMaxSpeedRet {
  bandwidth: Hyper
}
/** remote_connect_domain_event_register_any_args */
export interface ConnectDomainEventRegisterAnyArgs {
  eventID: number
}
/** remote_connect_domain_event_deregister_any_args */
export interface ConnectDomainEventDeregisterAnyArgs {
  eventID: number
}
/** remote_connect_domain_event_callback_register_any_args */
export interface ConnectDomainEventCallbackRegisterAnyArgs {
  eventID: number
  dom: DomainHandle | null
}
/** remote_connect_domain_event_callback_register_any_ret */
export interface ConnectDomainEventCallbackRegisterAnyRet {
  callbackID: number
}
/** remote_connect_domain_event_callback_deregister_any_args */
export interface ConnectDomainEventCallbackDeregisterAnyArgs {
  callbackID: number
}
/** remote_domain_event_reboot_msg */
export interface DomainEventRebootMsg {
  dom: DomainHandle
}
/** remote_domain_event_callback_reboot_msg */
export interface DomainEventCallbackRebootMsg {
  callbackID: number
  msg: DomainEventRebootMsg
}
/** remote_domain_event_rtc_change_msg */
export interface DomainEventRtcChangeMsg {
  dom: DomainHandle
  offset: Hyper
}
/** remote_domain_event_callback_rtc_change_msg */
export interface DomainEventCallbackRtcChangeMsg {
  callbackID: number
  msg: DomainEventRtcChangeMsg
}
/** remote_domain_event_watchdog_msg */
export interface DomainEventWatchdogMsg {
  dom: DomainHandle
  action: number
}
/** remote_domain_event_callback_watchdog_msg */
export interface DomainEventCallbackWatchdogMsg {
  callbackID: number
  msg: DomainEventWatchdogMsg
}
/** remote_domain_event_io_error_msg */
export interface DomainEventIoErrorMsg {
  dom: DomainHandle
  srcPath: string
  devAlias: string
  action: number
}
/** remote_domain_event_callback_io_error_msg */
export interface DomainEventCallbackIoErrorMsg {
  callbackID: number
  msg: DomainEventIoErrorMsg
}
/** remote_domain_event_io_error_reason_msg */
export interface DomainEventIoErrorReasonMsg {
  dom: DomainHandle
  srcPath: string
  devAlias: string
  action: number
  reason: string
}
/** remote_domain_event_callback_io_error_reason_msg */
export interface DomainEventCallbackIoErrorReasonMsg {
  callbackID: number
  msg: DomainEventIoErrorReasonMsg
}
/** remote_domain_event_graphics_address */
export interface DomainEventGraphicsAddress {
  family: number
  node: string
  service: string
}
/** remote_domain_event_graphics_identity */
export interface DomainEventGraphicsIdentity {
  type: string
  name: string
}
/** remote_domain_event_graphics_msg */
export interface DomainEventGraphicsMsg {
  dom: DomainHandle
  phase: number
  local: DomainEventGraphicsAddress
  remote: DomainEventGraphicsAddress
  authScheme: string
  subject: DomainEventGraphicsIdentity[]
}
/** remote_domain_event_callback_graphics_msg */
export interface DomainEventCallbackGraphicsMsg {
  callbackID: number
  msg: DomainEventGraphicsMsg
}
/** remote_domain_event_block_job_msg */
export interface DomainEventBlockJobMsg {
  dom: DomainHandle
  path: string
  type: number
  status: number
}
/** remote_domain_event_callback_block_job_msg */
export interface DomainEventCallbackBlockJobMsg {
  callbackID: number
  msg: DomainEventBlockJobMsg
}
/** remote_domain_event_disk_change_msg */
export interface DomainEventDiskChangeMsg {
  dom: DomainHandle
  oldSrcPath: string | null
  newSrcPath: string | null
  devAlias: string
  reason: number
}
/** remote_domain_event_callback_disk_change_msg */
export interface DomainEventCallbackDiskChangeMsg {
  callbackID: number
  msg: DomainEventDiskChangeMsg
}
/** remote_domain_event_tray_change_msg */
export interface DomainEventTrayChangeMsg {
  dom: DomainHandle
  devAlias: string
  reason: number
}
/** remote_domain_event_callback_tray_change_msg */
export interface DomainEventCallbackTrayChangeMsg {
  callbackID: number
  msg: DomainEventTrayChangeMsg
}
/** remote_domain_event_pmwakeup_msg */
export interface DomainEventPmwakeupMsg {
  dom: DomainHandle
}
/** remote_domain_event_callback_pmwakeup_msg */
export interface DomainEventCallbackPmwakeupMsg {
  callbackID: number
  reason: number
  msg: DomainEventPmwakeupMsg
}
/** remote_domain_event_pmsuspend_msg */
export interface DomainEventPmsuspendMsg {
  dom: DomainHandle
}
/** remote_domain_event_callback_pmsuspend_msg */
export interface DomainEventCallbackPmsuspendMsg {
  callbackID: number
  reason: number
  msg: DomainEventPmsuspendMsg
}
/** remote_domain_event_balloon_change_msg */
export interface DomainEventBalloonChangeMsg {
  dom: DomainHandle
  actual: Hyper
}
/** remote_domain_event_callback_balloon_change_msg */
export interface DomainEventCallbackBalloonChangeMsg {
  callbackID: number
  msg: DomainEventBalloonChangeMsg
}
/** remote_domain_event_pmsuspend_disk_msg */
export interface DomainEventPmsuspendDiskMsg {
  dom: DomainHandle
}
/** remote_domain_event_callback_pmsuspend_disk_msg */
export interface DomainEventCallbackPmsuspendDiskMsg {
  callbackID: number
  reason: number
  msg: DomainEventPmsuspendDiskMsg
}
/** remote_domain_managed_save_args */
export interface DomainManagedSaveArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_has_managed_save_image_args */
export interface DomainHasManagedSaveImageArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_has_managed_save_image_ret */
export interface DomainHasManagedSaveImageRet {
  result: number
}
/** remote_domain_managed_save_remove_args */
export interface DomainManagedSaveRemoveArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_managed_save_get_xml_desc_args */
export interface DomainManagedSaveGetXmlDescArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_managed_save_get_xml_desc_ret */
export interface DomainManagedSaveGetXmlDescRet {
  xml: string
}
/** remote_domain_managed_save_define_xml_args */
export interface DomainManagedSaveDefineXmlArgs {
  dom: DomainHandle
  dxml: string | null
  flags: number
}
/** remote_domain_snapshot_create_xml_args */
export interface DomainSnapshotCreateXmlArgs {
  dom: DomainHandle
  xml_desc: string
  flags: number
}
/** remote_domain_snapshot_create_xml_ret */
export interface DomainSnapshotCreateXmlRet {
  snap: DomainSnapshotHandle
}
/** remote_domain_snapshot_get_xml_desc_args */
export interface DomainSnapshotGetXmlDescArgs {
  snap: DomainSnapshotHandle
  flags: number
}
/** remote_domain_snapshot_get_xml_desc_ret */
export interface DomainSnapshotGetXmlDescRet {
  xml: string
}
/** remote_domain_snapshot_num_args */
export interface DomainSnapshotNumArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_snapshot_num_ret */
export interface DomainSnapshotNumRet {
  num: number
}
/** remote_domain_snapshot_list_names_args */
export interface DomainSnapshotListNamesArgs {
  dom: DomainHandle
  maxnames: number
  flags: number
}
/** remote_domain_snapshot_list_names_ret */
export interface DomainSnapshotListNamesRet {
  names: string[]
}
/** remote_domain_list_all_snapshots_args */
export interface DomainListAllSnapshotsArgs {
  dom: DomainHandle
  need_results: number
  flags: number
}
/** remote_domain_list_all_snapshots_ret */
export interface DomainListAllSnapshotsRet {
  snapshots: DomainSnapshotHandle[]
  ret: number
}
/** remote_domain_snapshot_num_children_args */
export interface DomainSnapshotNumChildrenArgs {
  snap: DomainSnapshotHandle
  flags: number
}
/** remote_domain_snapshot_num_children_ret */
export interface DomainSnapshotNumChildrenRet {
  num: number
}
/** remote_domain_snapshot_list_children_names_args */
export interface DomainSnapshotListChildrenNamesArgs {
  snap: DomainSnapshotHandle
  maxnames: number
  flags: number
}
/** remote_domain_snapshot_list_children_names_ret */
export interface DomainSnapshotListChildrenNamesRet {
  names: string[]
}
/** remote_domain_snapshot_list_all_children_args */
export interface DomainSnapshotListAllChildrenArgs {
  snapshot: DomainSnapshotHandle
  need_results: number
  flags: number
}
/** remote_domain_snapshot_list_all_children_ret */
export interface DomainSnapshotListAllChildrenRet {
  snapshots: DomainSnapshotHandle[]
  ret: number
}
/** remote_domain_snapshot_lookup_by_name_args */
export interface DomainSnapshotLookupByNameArgs {
  dom: DomainHandle
  name: string
  flags: number
}
/** remote_domain_snapshot_lookup_by_name_ret */
export interface DomainSnapshotLookupByNameRet {
  snap: DomainSnapshotHandle
}
/** remote_domain_has_current_snapshot_args */
export interface DomainHasCurrentSnapshotArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_has_current_snapshot_ret */
export interface DomainHasCurrentSnapshotRet {
  result: number
}
/** remote_domain_snapshot_get_parent_args */
export interface DomainSnapshotGetParentArgs {
  snap: DomainSnapshotHandle
  flags: number
}
/** remote_domain_snapshot_get_parent_ret */
export interface DomainSnapshotGetParentRet {
  snap: DomainSnapshotHandle
}
/** remote_domain_snapshot_current_args */
export interface DomainSnapshotCurrentArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_snapshot_current_ret */
export interface DomainSnapshotCurrentRet {
  snap: DomainSnapshotHandle
}
/** remote_domain_snapshot_is_current_args */
export interface DomainSnapshotIsCurrentArgs {
  snap: DomainSnapshotHandle
  flags: number
}
/** remote_domain_snapshot_is_current_ret */
export interface DomainSnapshotIsCurrentRet {
  current: number
}
/** remote_domain_snapshot_has_metadata_args */
export interface DomainSnapshotHasMetadataArgs {
  snap: DomainSnapshotHandle
  flags: number
}
/** remote_domain_snapshot_has_metadata_ret */
export interface DomainSnapshotHasMetadataRet {
  metadata: number
}
/** remote_domain_revert_to_snapshot_args */
export interface DomainRevertToSnapshotArgs {
  snap: DomainSnapshotHandle
  flags: number
}
/** remote_domain_snapshot_delete_args */
export interface DomainSnapshotDeleteArgs {
  snap: DomainSnapshotHandle
  flags: number
}
/** remote_domain_open_console_args */
export interface DomainOpenConsoleArgs {
  dom: DomainHandle
  dev_name: string | null
  flags: number
}
/** remote_domain_open_channel_args */
export interface DomainOpenChannelArgs {
  dom: DomainHandle
  name: string | null
  flags: number
}
/** remote_storage_vol_upload_args */
export interface StorageVolUploadArgs {
  vol: StorageVolHandle
  offset: Hyper
  length: Hyper
  flags: number
}
/** remote_storage_vol_download_args */
export interface StorageVolDownloadArgs {
  vol: StorageVolHandle
  offset: Hyper
  length: Hyper
  flags: number
}
/** remote_domain_get_state_args */
export interface DomainGetStateArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_get_state_ret */
export interface DomainGetStateRet {
  state: number
  reason: number
}
/** remote_domain_migrate_begin3_args */
export interface DomainMigrateBegin3Args {
  dom: DomainHandle
  xmlin: string | null
  flags: Hyper
  dname: string | null
  resource: Hyper
}
/** remote_domain_migrate_begin3_ret */
export interface DomainMigrateBegin3Ret {
  cookie_out: Uint8Array
  xml: string
}
/** remote_domain_migrate_prepare3_args */
export interface DomainMigratePrepare3Args {
  cookie_in: Uint8Array
  uri_in: string | null
  flags: Hyper
  dname: string | null
  resource: Hyper
  dom_xml: string
}
/** remote_domain_migrate_prepare3_ret */
export interface DomainMigratePrepare3Ret {
  cookie_out: Uint8Array
  uri_out: string | null
}
/** remote_domain_migrate_prepare_tunnel3_args */
export interface DomainMigratePrepareTunnel3Args {
  cookie_in: Uint8Array
  flags: Hyper
  dname: string | null
  resource: Hyper
  dom_xml: string
}
/** remote_domain_migrate_prepare_tunnel3_ret */
export interface DomainMigratePrepareTunnel3Ret {
  cookie_out: Uint8Array
}
/** remote_domain_migrate_perform3_args */
export interface DomainMigratePerform3Args {
  dom: DomainHandle
  xmlin: string | null
  cookie_in: Uint8Array
  dconnuri: string | null
  uri: string | null
  flags: Hyper
  dname: string | null
  resource: Hyper
}
/** remote_domain_migrate_perform3_ret */
export interface DomainMigratePerform3Ret {
  cookie_out: Uint8Array
}
/** remote_domain_migrate_finish3_args */
export interface DomainMigrateFinish3Args {
  dname: string
  cookie_in: Uint8Array
  dconnuri: string | null
  uri: string | null
  flags: Hyper
  cancelled: number
}
/** remote_domain_migrate_finish3_ret */
export interface DomainMigrateFinish3Ret {
  dom: DomainHandle
  cookie_out: Uint8Array
}
/** remote_domain_migrate_confirm3_args */
export interface DomainMigrateConfirm3Args {
  dom: DomainHandle
  cookie_in: Uint8Array
  flags: Hyper
  cancelled: number
}
/** remote_domain_event_control_error_msg */
export interface DomainEventControlErrorMsg {
  dom: DomainHandle
}
/** remote_domain_event_callback_control_error_msg */
export interface DomainEventCallbackControlErrorMsg {
  callbackID: number
  msg: DomainEventControlErrorMsg
}
/** remote_domain_get_control_info_args */
export interface DomainGetControlInfoArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_get_control_info_ret */
export interface DomainGetControlInfoRet {
  state: number
  details: number
  stateTime: Hyper
}
/** remote_domain_open_graphics_args */
export interface DomainOpenGraphicsArgs {
  dom: DomainHandle
  idx: number
  flags: number
}
/** remote_domain_open_graphics_fd_args */
export interface DomainOpenGraphicsFdArgs {
  dom: DomainHandle
  idx: number
  flags: number
}
/** remote_node_suspend_for_duration_args */
export interface NodeSuspendForDurationArgs {
  target: number
  duration: Hyper
  flags: number
}
/** remote_domain_shutdown_flags_args */
export interface DomainShutdownFlagsArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_get_disk_errors_args */
export interface DomainGetDiskErrorsArgs {
  dom: DomainHandle
  maxerrors: number
  flags: number
}
/** remote_domain_get_disk_errors_ret */
export interface DomainGetDiskErrorsRet {
  errors: DomainDiskError[]
  nerrors: number
}
/** remote_connect_list_all_domains_args */
export interface ConnectListAllDomainsArgs {
  need_results: number
  flags: number
}
/** remote_connect_list_all_domains_ret */
export interface ConnectListAllDomainsRet {
  domains: DomainHandle[]
  ret: number
}
/** remote_connect_list_all_storage_pools_args */
export interface ConnectListAllStoragePoolsArgs {
  need_results: number
  flags: number
}
/** remote_connect_list_all_storage_pools_ret */
export interface ConnectListAllStoragePoolsRet {
  pools: StoragePoolHandle[]
  ret: number
}
/** remote_storage_pool_list_all_volumes_args */
export interface StoragePoolListAllVolumesArgs {
  pool: StoragePoolHandle
  need_results: number
  flags: number
}
/** remote_storage_pool_list_all_volumes_ret */
export interface StoragePoolListAllVolumesRet {
  vols: StorageVolHandle[]
  ret: number
}
/** remote_connect_list_all_networks_args */
export interface ConnectListAllNetworksArgs {
  need_results: number
  flags: number
}
/** remote_connect_list_all_networks_ret */
export interface ConnectListAllNetworksRet {
  nets: NetworkHandle[]
  ret: number
}
/** remote_connect_list_all_interfaces_args */
export interface ConnectListAllInterfacesArgs {
  need_results: number
  flags: number
}
/** remote_connect_list_all_interfaces_ret */
export interface ConnectListAllInterfacesRet {
  ifaces: InterfaceHandle[]
  ret: number
}
/** remote_connect_list_all_node_devices_args */
export interface ConnectListAllNodeDevicesArgs {
  need_results: number
  flags: number
}
/** remote_connect_list_all_node_devices_ret */
export interface ConnectListAllNodeDevicesRet {
  devices: NodeDeviceHandle[]
  ret: number
}
/** remote_connect_list_all_nwfilters_args */
export interface ConnectListAllNwfiltersArgs {
  need_results: number
  flags: number
}
/** remote_connect_list_all_nwfilters_ret */
export interface ConnectListAllNwfiltersRet {
  filters: NwfilterHandle[]
  ret: number
}
/** remote_connect_list_all_secrets_args */
export interface ConnectListAllSecretsArgs {
  need_results: number
  flags: number
}
/** remote_connect_list_all_secrets_ret */
export interface ConnectListAllSecretsRet {
  secrets: SecretHandle[]
  ret: number
}
/** remote_node_set_memory_parameters_args */
export interface NodeSetMemoryParametersArgs {
  params: TypedParam[]
  flags: number
}
/** remote_node_get_memory_parameters_args */
export interface NodeGetMemoryParametersArgs {
  nparams: number
  flags: number
}
/** remote_node_get_memory_parameters_ret */
export interface NodeGetMemoryParametersRet {
  params: TypedParam[]
  nparams: number
}
/** remote_node_get_cpu_map_args */
export interface NodeGetCpuMapArgs {
  need_map: number
  need_online: number
  flags: number
}
/** remote_node_get_cpu_map_ret */
export interface NodeGetCpuMapRet {
  cpumap: Uint8Array
  online: number
  ret: number
}
/** remote_domain_fstrim_args */
export interface DomainFstrimArgs {
  dom: DomainHandle
  mountPoint: string | null
  minimum: Hyper
  flags: number
}
/** remote_domain_get_time_args */
export interface DomainGetTimeArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_get_time_ret */
export interface DomainGetTimeRet {
  seconds: Hyper
  nseconds: number
}
/** remote_domain_set_time_args */
export interface DomainSetTimeArgs {
  dom: DomainHandle
  seconds: Hyper
  nseconds: number
  flags: number
}
/** remote_domain_migrate_begin3_params_args */
export interface DomainMigrateBegin3ParamsArgs {
  dom: DomainHandle
  params: TypedParam[]
  flags: number
}
/** remote_domain_migrate_begin3_params_ret */
export interface DomainMigrateBegin3ParamsRet {
  cookie_out: Uint8Array
  xml: string
}
/** remote_domain_migrate_prepare3_params_args */
export interface DomainMigratePrepare3ParamsArgs {
  params: TypedParam[]
  cookie_in: Uint8Array
  flags: number
}
/** remote_domain_migrate_prepare3_params_ret */
export interface DomainMigratePrepare3ParamsRet {
  cookie_out: Uint8Array
  uri_out: string | null
}
/** remote_domain_migrate_prepare_tunnel3_params_args */
export interface DomainMigratePrepareTunnel3ParamsArgs {
  params: TypedParam[]
  cookie_in: Uint8Array
  flags: number
}
/** remote_domain_migrate_prepare_tunnel3_params_ret */
export interface DomainMigratePrepareTunnel3ParamsRet {
  cookie_out: Uint8Array
}
/** remote_domain_migrate_perform3_params_args */
export interface DomainMigratePerform3ParamsArgs {
  dom: DomainHandle
  dconnuri: string | null
  params: TypedParam[]
  cookie_in: Uint8Array
  flags: number
}
/** remote_domain_migrate_perform3_params_ret */
export interface DomainMigratePerform3ParamsRet {
  cookie_out: Uint8Array
}
/** remote_domain_migrate_finish3_params_args */
export interface DomainMigrateFinish3ParamsArgs {
  params: TypedParam[]
  cookie_in: Uint8Array
  flags: number
  cancelled: number
}
/** remote_domain_migrate_finish3_params_ret */
export interface DomainMigrateFinish3ParamsRet {
  dom: DomainHandle
  cookie_out: Uint8Array
}
/** remote_domain_migrate_confirm3_params_args */
export interface DomainMigrateConfirm3ParamsArgs {
  dom: DomainHandle
  params: TypedParam[]
  cookie_in: Uint8Array
  flags: number
  cancelled: number
}
/** remote_domain_event_device_removed_msg */
export interface DomainEventDeviceRemovedMsg {
  dom: DomainHandle
  devAlias: string
}
/** remote_domain_event_callback_device_removed_msg */
export interface DomainEventCallbackDeviceRemovedMsg {
  callbackID: number
  msg: DomainEventDeviceRemovedMsg
}
/** remote_domain_event_block_job_2_msg */
export interface DomainEventBlockJob2Msg {
  callbackID: number
  dom: DomainHandle
  dst: string
  type: number
  status: number
}
/** remote_domain_event_block_threshold_msg */
export interface DomainEventBlockThresholdMsg {
  callbackID: number
  dom: DomainHandle
  dev: string
  path: string | null
  threshold: Hyper
  excess: Hyper
}
/** remote_domain_event_callback_tunable_msg */
export interface DomainEventCallbackTunableMsg {
  callbackID: number
  dom: DomainHandle
  params: TypedParam[]
}
/** remote_domain_event_callback_device_added_msg */
export interface DomainEventCallbackDeviceAddedMsg {
  callbackID: number
  dom: DomainHandle
  devAlias: string
}
/** remote_connect_event_connection_closed_msg */
export interface ConnectEventConnectionClosedMsg {
  reason: number
}
/** remote_connect_get_cpu_model_names_args */
export interface ConnectGetCpuModelNamesArgs {
  arch: string
  need_results: number
  flags: number
}
/** remote_connect_get_cpu_model_names_ret */
export interface ConnectGetCpuModelNamesRet {
  models: string[]
  ret: number
}
/** remote_connect_network_event_register_any_args */
export interface ConnectNetworkEventRegisterAnyArgs {
  eventID: number
  net: NetworkHandle | null
}
/** remote_connect_network_event_register_any_ret */
export interface ConnectNetworkEventRegisterAnyRet {
  callbackID: number
}
/** remote_connect_network_event_deregister_any_args */
export interface ConnectNetworkEventDeregisterAnyArgs {
  callbackID: number
}
/** remote_network_event_lifecycle_msg */
export interface NetworkEventLifecycleMsg {
  callbackID: number
  net: NetworkHandle
  event: number
  detail: number
}
/** remote_network_event_callback_metadata_change_msg */
export interface NetworkEventCallbackMetadataChangeMsg {
  callbackID: number
  net: NetworkHandle
  type: number
  nsuri: string | null
}
/** remote_network_set_metadata_args */
export interface NetworkSetMetadataArgs {
  network: NetworkHandle
  type: number
  metadata: string | null
  key: string | null
  uri: string | null
  flags: number
}
/** remote_network_get_metadata_args */
export interface NetworkGetMetadataArgs {
  network: NetworkHandle
  type: number
  uri: string | null
  flags: number
}
/** remote_network_get_metadata_ret */
export interface NetworkGetMetadataRet {
  metadata: string
}
/** remote_connect_storage_pool_event_register_any_args */
export interface ConnectStoragePoolEventRegisterAnyArgs {
  eventID: number
  pool: StoragePoolHandle | null
}
/** remote_connect_storage_pool_event_register_any_ret */
export interface ConnectStoragePoolEventRegisterAnyRet {
  callbackID: number
}
/** remote_connect_storage_pool_event_deregister_any_args */
export interface ConnectStoragePoolEventDeregisterAnyArgs {
  callbackID: number
}
/** remote_storage_pool_event_lifecycle_msg */
export interface StoragePoolEventLifecycleMsg {
  callbackID: number
  pool: StoragePoolHandle
  event: number
  detail: number
}
/** remote_storage_pool_event_refresh_msg */
export interface StoragePoolEventRefreshMsg {
  callbackID: number
  pool: StoragePoolHandle
}
/** remote_connect_node_device_event_register_any_args */
export interface ConnectNodeDeviceEventRegisterAnyArgs {
  eventID: number
  dev: NodeDeviceHandle | null
}
/** remote_connect_node_device_event_register_any_ret */
export interface ConnectNodeDeviceEventRegisterAnyRet {
  callbackID: number
}
/** remote_connect_node_device_event_deregister_any_args */
export interface ConnectNodeDeviceEventDeregisterAnyArgs {
  callbackID: number
}
/** remote_node_device_event_lifecycle_msg */
export interface NodeDeviceEventLifecycleMsg {
  callbackID: number
  dev: NodeDeviceHandle
  event: number
  detail: number
}
/** remote_node_device_event_update_msg */
export interface NodeDeviceEventUpdateMsg {
  callbackID: number
  dev: NodeDeviceHandle
}
/** remote_domain_fsfreeze_args */
export interface DomainFsfreezeArgs {
  dom: DomainHandle
  mountpoints: string[]
  flags: number
}
/** remote_domain_fsfreeze_ret */
export interface DomainFsfreezeRet {
  filesystems: number
}
/** remote_domain_fsthaw_args */
export interface DomainFsthawArgs {
  dom: DomainHandle
  mountpoints: string[]
  flags: number
}
/** remote_domain_fsthaw_ret */
export interface DomainFsthawRet {
  filesystems: number
}
/** remote_node_get_free_pages_args */
export interface NodeGetFreePagesArgs {
  pages: number[]
  startCell: number
  cellCount: number
  flags: number
}
/** remote_node_get_free_pages_ret */
export interface NodeGetFreePagesRet {
  counts: Hyper[]
}
/** remote_node_alloc_pages_args */
export interface NodeAllocPagesArgs {
  pageSizes: number[]
  pageCounts: Hyper[]
  startCell: number
  cellCount: number
  flags: number
}
/** remote_node_alloc_pages_ret */
export interface NodeAllocPagesRet {
  ret: number
}
/** remote_network_dhcp_lease */
export interface NetworkDhcpLease {
  iface: string
  expirytime: Hyper
  type: number
  mac: string | null
  iaid: string | null
  ipaddr: string
  prefix: number
  hostname: string | null
  clientid: string | null
}
/** remote_network_get_dhcp_leases_args */
export interface NetworkGetDhcpLeasesArgs {
  net: NetworkHandle
  mac: string | null
  need_results: number
  flags: number
}
/** remote_network_get_dhcp_leases_ret */
export interface NetworkGetDhcpLeasesRet {
  leases: NetworkDhcpLease[]
  ret: number
}
/** remote_domain_stats_record */
export interface DomainStatsRecord {
  dom: DomainHandle
  params: TypedParam[]
}
/** remote_connect_get_all_domain_stats_args */
export interface ConnectGetAllDomainStatsArgs {
  doms: DomainHandle[]
  stats: number
  flags: number
}
/** remote_domain_event_callback_agent_lifecycle_msg */
export interface DomainEventCallbackAgentLifecycleMsg {
  callbackID: number
  dom: DomainHandle
  state: number
  reason: number
}
/** remote_connect_get_all_domain_stats_ret */
export interface ConnectGetAllDomainStatsRet {
  retStats: DomainStatsRecord[]
}
/** remote_domain_fsinfo */
export interface DomainFsinfo {
  mountpoint: string
  name: string
  fstype: string
  dev_aliases: string[]
}
/** remote_domain_get_fsinfo_args */
export interface DomainGetFsinfoArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_get_fsinfo_ret */
export interface DomainGetFsinfoRet {
  info: DomainFsinfo[]
  ret: number
}
/** remote_domain_ip_addr */
export interface DomainIpAddr {
  type: number
  addr: string
  prefix: number
}
/** remote_domain_interface */
export interface DomainInterface {
  name: string
  hwaddr: string | null
  addrs: DomainIpAddr[]
}
/** remote_domain_interface_addresses_args */
export interface DomainInterfaceAddressesArgs {
  dom: DomainHandle
  source: number
  flags: number
}
/** remote_domain_interface_addresses_ret */
export interface DomainInterfaceAddressesRet {
  ifaces: DomainInterface[]
}
/** remote_domain_set_user_password_args */
export interface DomainSetUserPasswordArgs {
  dom: DomainHandle
  user: string | null
  password: string | null
  flags: number
}
/** remote_domain_rename_args */
export interface DomainRenameArgs {
  dom: DomainHandle
  new_name: string | null
  flags: number
}
/** remote_domain_rename_ret */
export interface DomainRenameRet {
  retcode: number
}
/** remote_domain_event_callback_migration_iteration_msg */
export interface DomainEventCallbackMigrationIterationMsg {
  callbackID: number
  dom: DomainHandle
  iteration: number
}
/** remote_domain_event_callback_job_completed_msg */
export interface DomainEventCallbackJobCompletedMsg {
  callbackID: number
  dom: DomainHandle
  params: TypedParam[]
}
/** remote_domain_migrate_start_post_copy_args */
export interface DomainMigrateStartPostCopyArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_event_callback_device_removal_failed_msg */
export interface DomainEventCallbackDeviceRemovalFailedMsg {
  callbackID: number
  dom: DomainHandle
  devAlias: string
}
/** remote_domain_get_guest_vcpus_args */
export interface DomainGetGuestVcpusArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_get_guest_vcpus_ret */
export interface DomainGetGuestVcpusRet {
  params: TypedParam[]
}
/** remote_domain_set_guest_vcpus_args */
export interface DomainSetGuestVcpusArgs {
  dom: DomainHandle
  cpumap: string
  state: number
  flags: number
}
/** remote_domain_set_vcpu_args */
export interface DomainSetVcpuArgs {
  dom: DomainHandle
  cpumap: string
  state: number
  flags: number
}
/** remote_domain_event_callback_metadata_change_msg */
export interface DomainEventCallbackMetadataChangeMsg {
  callbackID: number
  dom: DomainHandle
  type: number
  nsuri: string | null
}
/** remote_domain_event_memory_failure_msg */
export interface DomainEventMemoryFailureMsg {
  callbackID: number
  dom: DomainHandle
  recipient: number
  action: number
  flags: number
}
/** remote_connect_secret_event_register_any_args */
export interface ConnectSecretEventRegisterAnyArgs {
  eventID: number
  secret: SecretHandle | null
}
/** remote_connect_secret_event_register_any_ret */
export interface ConnectSecretEventRegisterAnyRet {
  callbackID: number
}
/** remote_connect_secret_event_deregister_any_args */
export interface ConnectSecretEventDeregisterAnyArgs {
  callbackID: number
}
/** remote_secret_event_lifecycle_msg */
export interface SecretEventLifecycleMsg {
  callbackID: number
  secret: SecretHandle
  event: number
  detail: number
}
/** remote_secret_event_value_changed_msg */
export interface SecretEventValueChangedMsg {
  callbackID: number
  secret: SecretHandle
}
/** remote_domain_set_block_threshold_args */
export interface DomainSetBlockThresholdArgs {
  dom: DomainHandle
  dev: string
  threshold: Hyper
  flags: number
}
/** remote_domain_set_lifecycle_action_args */
export interface DomainSetLifecycleActionArgs {
  dom: DomainHandle
  type: number
  action: number
  flags: number
}
/** remote_connect_compare_hypervisor_cpu_args */
export interface ConnectCompareHypervisorCpuArgs {
  emulator: string | null
  arch: string | null
  machine: string | null
  virttype: string | null
  xmlCPU: string
  flags: number
}
/** remote_connect_compare_hypervisor_cpu_ret */
export interface ConnectCompareHypervisorCpuRet {
  result: number
}
/** remote_connect_baseline_hypervisor_cpu_args */
export interface ConnectBaselineHypervisorCpuArgs {
  emulator: string | null
  arch: string | null
  machine: string | null
  virttype: string | null
  xmlCPUs: string[]
  flags: number
}
/** remote_connect_baseline_hypervisor_cpu_ret */
export interface ConnectBaselineHypervisorCpuRet {
  cpu: string
}
/** remote_node_get_sev_info_args */
export interface NodeGetSevInfoArgs {
  nparams: number
  flags: number
}
/** remote_node_get_sev_info_ret */
export interface NodeGetSevInfoRet {
  params: TypedParam[]
  nparams: number
}
/** remote_domain_get_launch_security_info_args */
export interface DomainGetLaunchSecurityInfoArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_get_launch_security_info_ret */
export interface DomainGetLaunchSecurityInfoRet {
  params: TypedParam[]
}
/** remote_domain_set_launch_security_state_args */
export interface DomainSetLaunchSecurityStateArgs {
  dom: DomainHandle
  params: TypedParam[]
  flags: number
}
/** remote_nwfilter_binding_lookup_by_port_dev_args */
export interface NwfilterBindingLookupByPortDevArgs {
  name: string
}
/** remote_nwfilter_binding_lookup_by_port_dev_ret */
export interface NwfilterBindingLookupByPortDevRet {
  nwfilter: NwfilterBindingHandle
}
/** remote_nwfilter_binding_create_xml_args */
export interface NwfilterBindingCreateXmlArgs {
  xml: string
  flags: number
}
/** remote_nwfilter_binding_create_xml_ret */
export interface NwfilterBindingCreateXmlRet {
  nwfilter: NwfilterBindingHandle
}
/** remote_nwfilter_binding_delete_args */
export interface NwfilterBindingDeleteArgs {
  nwfilter: NwfilterBindingHandle
}
/** remote_nwfilter_binding_get_xml_desc_args */
export interface NwfilterBindingGetXmlDescArgs {
  nwfilter: NwfilterBindingHandle
  flags: number
}
/** remote_nwfilter_binding_get_xml_desc_ret */
export interface NwfilterBindingGetXmlDescRet {
  xml: string
}
/** remote_connect_list_all_nwfilter_bindings_args */
export interface ConnectListAllNwfilterBindingsArgs {
  need_results: number
  flags: number
}
/** remote_connect_list_all_nwfilter_bindings_ret */
export interface ConnectListAllNwfilterBindingsRet {
  bindings: NwfilterBindingHandle[]
  ret: number
}
/** remote_connect_get_storage_pool_capabilities_args */
export interface ConnectGetStoragePoolCapabilitiesArgs {
  flags: number
}
/** remote_connect_get_storage_pool_capabilities_ret */
export interface ConnectGetStoragePoolCapabilitiesRet {
  capabilities: string
}
/** remote_network_list_all_ports_args */
export interface NetworkListAllPortsArgs {
  network: NetworkHandle
  need_results: number
  flags: number
}
/** remote_network_list_all_ports_ret */
export interface NetworkListAllPortsRet {
  ports: NetworkPortHandle[]
  ret: number
}
/** remote_network_port_lookup_by_uuid_args */
export interface NetworkPortLookupByUuidArgs {
  network: NetworkHandle
  uuid: string
}
/** remote_network_port_lookup_by_uuid_ret */
export interface NetworkPortLookupByUuidRet {
  port: NetworkPortHandle
}
/** remote_network_port_create_xml_args */
export interface NetworkPortCreateXmlArgs {
  network: NetworkHandle
  xml: string
  flags: number
}
/** remote_network_port_create_xml_ret */
export interface NetworkPortCreateXmlRet {
  port: NetworkPortHandle
}
/** remote_network_port_set_parameters_args */
export interface NetworkPortSetParametersArgs {
  port: NetworkPortHandle
  params: TypedParam[]
  flags: number
}
/** remote_network_port_get_parameters_args */
export interface NetworkPortGetParametersArgs {
  port: NetworkPortHandle
  nparams: number
  flags: number
}
/** remote_network_port_get_parameters_ret */
export interface NetworkPortGetParametersRet {
  params: TypedParam[]
  nparams: number
}
/** remote_network_port_get_xml_desc_args */
export interface NetworkPortGetXmlDescArgs {
  port: NetworkPortHandle
  flags: number
}
/** remote_network_port_get_xml_desc_ret */
export interface NetworkPortGetXmlDescRet {
  xml: string
}
/** remote_network_port_delete_args */
export interface NetworkPortDeleteArgs {
  port: NetworkPortHandle
  flags: number
}
/** remote_domain_checkpoint_create_xml_args */
export interface DomainCheckpointCreateXmlArgs {
  dom: DomainHandle
  xml_desc: string
  flags: number
}
/** remote_domain_checkpoint_create_xml_ret */
export interface DomainCheckpointCreateXmlRet {
  checkpoint: DomainCheckpointHandle
}
/** remote_domain_checkpoint_get_xml_desc_args */
export interface DomainCheckpointGetXmlDescArgs {
  checkpoint: DomainCheckpointHandle
  flags: number
}
/** remote_domain_checkpoint_get_xml_desc_ret */
export interface DomainCheckpointGetXmlDescRet {
  xml: string
}
/** remote_domain_list_all_checkpoints_args */
export interface DomainListAllCheckpointsArgs {
  dom: DomainHandle
  need_results: number
  flags: number
}
/** remote_domain_list_all_checkpoints_ret */
export interface DomainListAllCheckpointsRet {
  checkpoints: DomainCheckpointHandle[]
  ret: number
}
/** remote_domain_checkpoint_list_all_children_args */
export interface DomainCheckpointListAllChildrenArgs {
  checkpoint: DomainCheckpointHandle
  need_results: number
  flags: number
}
/** remote_domain_checkpoint_list_all_children_ret */
export interface DomainCheckpointListAllChildrenRet {
  checkpoints: DomainCheckpointHandle[]
  ret: number
}
/** remote_domain_checkpoint_lookup_by_name_args */
export interface DomainCheckpointLookupByNameArgs {
  dom: DomainHandle
  name: string
  flags: number
}
/** remote_domain_checkpoint_lookup_by_name_ret */
export interface DomainCheckpointLookupByNameRet {
  checkpoint: DomainCheckpointHandle
}
/** remote_domain_checkpoint_get_parent_args */
export interface DomainCheckpointGetParentArgs {
  checkpoint: DomainCheckpointHandle
  flags: number
}
/** remote_domain_checkpoint_get_parent_ret */
export interface DomainCheckpointGetParentRet {
  parent: DomainCheckpointHandle
}
/** remote_domain_checkpoint_delete_args */
export interface DomainCheckpointDeleteArgs {
  checkpoint: DomainCheckpointHandle
  flags: number
}
/** remote_domain_get_guest_info_args */
export interface DomainGetGuestInfoArgs {
  dom: DomainHandle
  types: number
  flags: number
}
/** remote_domain_get_guest_info_ret */
export interface DomainGetGuestInfoRet {
  params: TypedParam[]
}
/** remote_connect_set_identity_args */
export interface ConnectSetIdentityArgs {
  params: TypedParam[]
  flags: number
}
/** remote_domain_agent_set_response_timeout_args */
export interface DomainAgentSetResponseTimeoutArgs {
  dom: DomainHandle
  timeout: number
  flags: number
}
/** remote_domain_agent_set_response_timeout_ret */
export interface DomainAgentSetResponseTimeoutRet {
  result: number
}
/** remote_domain_backup_begin_args */
export interface DomainBackupBeginArgs {
  dom: DomainHandle
  backup_xml: string
  checkpoint_xml: string | null
  flags: number
}
/** remote_domain_backup_get_xml_desc_args */
export interface DomainBackupGetXmlDescArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_backup_get_xml_desc_ret */
export interface DomainBackupGetXmlDescRet {
  xml: string
}
/** remote_domain_authorized_ssh_keys_get_args */
export interface DomainAuthorizedSshKeysGetArgs {
  dom: DomainHandle
  user: string
  flags: number
}
/** remote_domain_authorized_ssh_keys_get_ret */
export interface DomainAuthorizedSshKeysGetRet {
  keys: string[]
}
/** remote_domain_authorized_ssh_keys_set_args */
export interface DomainAuthorizedSshKeysSetArgs {
  dom: DomainHandle
  user: string
  keys: string[]
  flags: number
}
/** remote_domain_get_messages_args */
export interface DomainGetMessagesArgs {
  dom: DomainHandle
  flags: number
}
/** remote_domain_get_messages_ret */
export interface DomainGetMessagesRet {
  msgs: string[]
}
/** remote_domain_start_dirty_rate_calc_args */
export interface DomainStartDirtyRateCalcArgs {
  dom: DomainHandle
  seconds: number
  flags: number
}
/** remote_domain_graphics_reload_args */
export interface DomainGraphicsReloadArgs {
  dom: DomainHandle
  type: number
  flags: number
}
/** remote_domain_event_memory_device_size_change_msg */
export interface DomainEventMemoryDeviceSizeChangeMsg {
  callbackID: number
  dom: DomainHandle
  alias: string
  size: Hyper
}
/** remote_domain_fd_associate_args */
export interface DomainFdAssociateArgs {
  dom: DomainHandle
  name: string
  flags: number
}
/** remote_domain_get_autostart_once_args */
export interface DomainGetAutostartOnceArgs {
  dom: DomainHandle
}
/** remote_domain_get_autostart_once_ret */
export interface DomainGetAutostartOnceRet {
  autostart: number
}
/** remote_domain_set_autostart_once_args */
export interface DomainSetAutostartOnceArgs {
  dom: DomainHandle
  autostart: number
}
/** remote_domain_event_nic_mac_change_msg */
export interface DomainEventNicMacChangeMsg {
  callbackID: number
  dom: DomainHandle
  alias: string
  oldMAC: string
  newMAC: string
}
/** remote_typed_param_value; `type` says which */
export type TypedParamValue =
  | { type: 1 /* VIR_TYPED_PARAM_INT */; value: number }
  | { type: 2 /* VIR_TYPED_PARAM_UINT */; value: number }
  | { type: 3 /* VIR_TYPED_PARAM_LLONG */; value: Hyper }
  | { type: 4 /* VIR_TYPED_PARAM_ULLONG */; value: Hyper }
  | { type: 5 /* VIR_TYPED_PARAM_DOUBLE */; value: number }
  | { type: 6 /* VIR_TYPED_PARAM_BOOLEAN */; value: number }
  | { type: 7 /* VIR_TYPED_PARAM_STRING */; value: string }
/** remote_auth_type */
export const AuthType = {
  REMOTE_AUTH_NONE: 0,
  REMOTE_AUTH_SASL: 1,
  REMOTE_AUTH_POLKIT: 2,
} as const
/** remote_domain_event_vcpu_removed_msg */
export interface DomainEventVcpuRemovedMsg {
  callbackID: number
  dom: DomainHandle
  vcpuid: number
}
/** remote_domain_event_callback_channel_lifecycle_msg */
export interface DomainEventCallbackChannelLifecycleMsg {
  callbackID: number
  dom: DomainHandle
  channelName: string
  state: number
  reason: number
}
/** remote_domain_announce_interface_args */
export interface DomainAnnounceInterfaceArgs {
  dom: DomainHandle
  device: string | null
  params: TypedParam[]
  flags: number
}
/** qemu_domain_monitor_command_args */
export interface QemuDomainMonitorCommandArgs {
  dom: DomainHandle
  cmd: string
  flags: number
}
/** qemu_domain_monitor_command_ret */
export interface QemuDomainMonitorCommandRet {
  result: string
}
/** qemu_domain_attach_args */
export interface QemuDomainAttachArgs {
  pid_value: number
  flags: number
}
/** qemu_domain_attach_ret */
export interface QemuDomainAttachRet {
  dom: DomainHandle
}
/** qemu_domain_agent_command_args */
export interface QemuDomainAgentCommandArgs {
  dom: DomainHandle
  cmd: string
  timeout: number
  flags: number
}
/** qemu_domain_agent_command_ret */
export interface QemuDomainAgentCommandRet {
  result: string | null
}
/** qemu_connect_domain_monitor_event_register_args */
export interface QemuConnectDomainMonitorEventRegisterArgs {
  dom: DomainHandle | null
  event: string | null
  flags: number
}
/** qemu_connect_domain_monitor_event_register_ret */
export interface QemuConnectDomainMonitorEventRegisterRet {
  callbackID: number
}
/** qemu_connect_domain_monitor_event_deregister_args */
export interface QemuConnectDomainMonitorEventDeregisterArgs {
  callbackID: number
}
/** qemu_domain_monitor_event_msg */
export interface QemuDomainMonitorEventMsg {
  callbackID: number
  dom: DomainHandle
  event: string
  seconds: Hyper
  micros: number
  details: string | null
}
/** qemu_domain_monitor_command_with_files_args */
export interface QemuDomainMonitorCommandWithFilesArgs {
  dom: DomainHandle
  cmd: string
  flags: number
}
/** qemu_domain_monitor_command_with_files_ret */
export interface QemuDomainMonitorCommandWithFilesRet {
  result: string
}
/** lxc_domain_open_namespace_args */
export interface LxcDomainOpenNamespaceArgs {
  dom: DomainHandle
  flags: number
}
