import { strokeIcon } from './icon'

export const SettingsIcon = strokeIcon(
  <>
    <path d="M2.4 4.6h6.2M12.2 4.6h1.4M2.4 11.4h1.4M7.4 11.4h6.2" />
    <circle cx="10.4" cy="4.6" r="1.7" />
    <circle cx="5.6" cy="11.4" r="1.7" />
  </>,
)
export const CpuIcon = strokeIcon(
  <>
    <rect x="4" y="4" width="8" height="8" rx="1.4" />
    <path d="M6.2 1.9V4M9.8 1.9V4M6.2 12v2.1M9.8 12v2.1M1.9 6.2H4M1.9 9.8H4M12 6.2h2.1M12 9.8h2.1" />
  </>,
)
export const MemoryIcon = strokeIcon(
  <path d="M1.8 4.4h12.4v6.8H1.8ZM4.6 6.6v2.2M8 6.6v2.2M11.4 6.6v2.2M4.2 11.4v1.4M8 11.4v1.4M11.8 11.4v1.4" />,
)
export const ShieldIcon = strokeIcon(<path d="M8 1.9 3 3.8v3.8c0 3 2.1 5.3 5 6.5 2.9-1.2 5-3.5 5-6.5V3.8Z" />)
export const DiskIcon = strokeIcon(
  <>
    <path d="m1.9 9.4 2-5.2a1.3 1.3 0 0 1 1.2-.8h5.8a1.3 1.3 0 0 1 1.2.8l2 5.2" />
    <rect x="1.9" y="9.2" width="12.2" height="3.9" rx="1.1" />
    <path d="M11.2 11.2h.4" />
  </>,
)
export const FolderShareIcon = strokeIcon(
  <>
    <path d="M1.9 12V4.2a1.1 1.1 0 0 1 1.1-1.1h3.2l1.6 1.8H13a1.1 1.1 0 0 1 1.1 1.1v6a1.1 1.1 0 0 1-1.1 1.1H3A1.1 1.1 0 0 1 1.9 12Z" />
    <path d="M5.4 9.1h5.2M8.9 7.4l1.7 1.7-1.7 1.7" />
  </>,
)
export const ControllerIcon = strokeIcon(
  <path d="M5.9 2.4h4.2v3.4H5.9ZM1.9 10.2h4.2v3.4H1.9ZM9.9 10.2h4.2v3.4H9.9ZM8 5.8v2.3M4 10.2V8.1h8v2.1" />,
)
export const NetworkIcon = strokeIcon(
  <path d="M2.2 2.8h11.6v8.6H2.2ZM5 11.4v2h6v-2M5.3 5.4v2.2M8 5.4v2.2M10.7 5.4v2.2" />,
)
export const DisplayIcon = strokeIcon(
  <>
    <rect x="1.8" y="2.6" width="12.4" height="8.4" rx="1.3" />
    <path d="M5.6 13.6h4.8" />
  </>,
)
export const SoundIcon = strokeIcon(
  <path d="M2.2 6.2v3.6h2.3l3.3 2.7V3.5L4.5 6.2ZM10.2 6.2a2.6 2.6 0 0 1 0 3.6M12 4.4a5.1 5.1 0 0 1 0 7.2" />,
)
export const KeyboardIcon = strokeIcon(
  <>
    <rect x="1.6" y="4" width="12.8" height="8" rx="1.3" />
    <path d="M4.2 6.6h.1M6.7 6.6h.1M9.2 6.6h.1M11.7 6.6h.1M5 9.5h6" />
  </>,
)
export const PortIcon = strokeIcon(
  <path d="M2.4 5.2h11.2l-1.4 5.6H3.8ZM5.2 7.3h.1M8 7.3h.1M10.8 7.3h.1M6.6 9.1h.1M9.4 9.1h.1" />,
)
export const HostDeviceIcon = strokeIcon(
  <path d="M3.4 1.9v12.2M3.4 4.4h9.2a1 1 0 0 1 1 1v4a1 1 0 0 1-1 1H3.4M6 10.4v1.8h5v-1.8M1.9 1.9h1.5M6.2 7.4h4.6" />,
)
export const ChipIcon = strokeIcon(
  <path d="M5 2.6h6v10.8H5ZM2.8 4.8H5M2.8 8H5M2.8 11.2H5M11 4.8h2.2M11 8h2.2M11 11.2h2.2M7.2 4.8h.1" />,
)
export const CodeIcon = strokeIcon(
  <path d="M5.2 4.6 1.9 8l3.3 3.4M10.8 4.6 14.1 8l-3.3 3.4M9.2 3.2 6.8 12.8" />,
)
export const UndoIcon = strokeIcon(<path d="M3 6.2h6.6a3.4 3.4 0 0 1 0 6.8H6.2M5.6 3.4 2.8 6.2 5.6 9" />)
export const EjectIcon = strokeIcon(<path d="M8 3 3 9.2h10ZM3.2 12.6h9.6" />)
export const ClockIcon = strokeIcon(
  <>
    <circle cx="8" cy="8" r="5.8" />
    <path d="M8 4.8V8l2.2 1.6" />
  </>,
)
export const DiceIcon = strokeIcon(
  <>
    <rect x="2.4" y="2.4" width="11.2" height="11.2" rx="2" />
    <path d="M5.4 5.4h.1M10.5 5.4h.1M8 8h.1M5.4 10.6h.1M10.5 10.6h.1" />
  </>,
)
export const GripIcon = strokeIcon(
  <path d="M6 4h.01M10 4h.01M6 8h.01M10 8h.01M6 12h.01M10 12h.01" strokeWidth="1.8" />,
)
export const IdCardIcon = strokeIcon(
  <>
    <rect x="1.8" y="3.2" width="12.4" height="9.6" rx="1.4" />
    <circle cx="5.6" cy="6.9" r="1.4" />
    <path d="M3.7 10.6a2 2 0 0 1 3.8 0M9.6 6.4h2.6M9.6 9.4h2.6" />
  </>,
)
export const SystemIcon = strokeIcon(
  <>
    <rect x="2" y="2.6" width="12" height="10.8" rx="1.4" />
    <path d="M2 5.8h12M4.3 4.2h.1M6.3 4.2h.1" />
  </>,
)
export const PinIcon = strokeIcon(<path d="M5.6 2.2h4.8M6.4 2.4v3.8L4.2 8.8h7.6L9.6 6.2V2.4M8 8.8v5.2" />)
export const NodesIcon = strokeIcon(
  <path d="M1.9 3.4h5v4h-5ZM9.1 3.4h5v4h-5ZM4.4 7.4v4.8h7.2V7.4M6.9 5.4h2.2" />,
)
export const BootIcon = strokeIcon(<path d="M8 1.9v5.6M4.6 4.3a5.2 5.2 0 1 0 6.8 0" />)
export const EventsIcon = strokeIcon(<path d="M9 1.8 3.6 9h3.8L7 14.2 12.4 7H8.6Z" />)
export const GaugeIcon = strokeIcon(
  <path d="M2.6 12.2a6 6 0 1 1 10.8 0M8 9.4l2.6-3.2M8 9.4h.1M2.6 12.2h1.2M12.2 12.2h1.2" />,
)
export const TagIcon = strokeIcon(
  <path d="M2.2 2.2h5.4l6.2 6.2a1.1 1.1 0 0 1 0 1.6l-3.8 3.8a1.1 1.1 0 0 1-1.6 0L2.2 7.6ZM5 5h.1" />,
)
export const TerminalIcon = strokeIcon(
  <>
    <rect x="1.8" y="2.8" width="12.4" height="10.4" rx="1.4" />
    <path d="m4.4 6 2.2 2-2.2 2M8.2 10.2h3" />
  </>,
)
export const VideoCardIcon = strokeIcon(
  <>
    <path d="M1.9 2.6v10.8M1.9 4.4h11.2a1 1 0 0 1 1 1v4.4a1 1 0 0 1-1 1H1.9M4.4 10.8v1.8h4.4v-1.8" />
    <circle cx="10" cy="7.6" r="1.7" />
  </>,
)
export const EyeIcon = strokeIcon(
  <>
    <path d="M1.6 8s2.4-4.2 6.4-4.2S14.4 8 14.4 8 12 12.2 8 12.2 1.6 8 1.6 8Z" />
    <circle cx="8" cy="8" r="1.8" />
  </>,
)
