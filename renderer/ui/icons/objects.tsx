import { strokeIcon } from './icon'

export const HostIcon = strokeIcon(
  <>
    <rect x="2" y="2.6" width="12" height="4.7" rx="1.2" />
    <rect x="2" y="8.7" width="12" height="4.7" rx="1.2" />
    <circle cx="4.8" cy="4.95" r="0.4" fill="currentColor" />
    <circle cx="4.8" cy="11.05" r="0.4" fill="currentColor" />
  </>,
)
export const VmIcon = strokeIcon(
  <>
    <rect x="1.8" y="2.6" width="12.4" height="8.4" rx="1.3" />
    <path d="M5.6 13.6h4.8M8 11.2v2.2" />
  </>,
)
export const AllVmsIcon = strokeIcon(
  <>
    <rect x="2.2" y="2.2" width="4.8" height="4.8" rx="1.1" />
    <rect x="9" y="2.2" width="4.8" height="4.8" rx="1.1" />
    <rect x="2.2" y="9" width="4.8" height="4.8" rx="1.1" />
    <rect x="9" y="9" width="4.8" height="4.8" rx="1.1" />
  </>,
)
export const PlugIcon = strokeIcon(
  <path d="M5.8 1.9v3.2M10.2 1.9v3.2M3.7 5.2h8.6v2.1a4.3 4.3 0 0 1-8.6 0V5.2ZM8 11.7v2.5" />,
)
export const UnplugIcon = strokeIcon(
  <path d="M5.8 1.9v3.2M10.2 1.9v3.2M6 5.2h6.3v2.1c0 .8-.2 1.5-.6 2.1M9.6 11.2a4.3 4.3 0 0 1-5.9-3.9V5.2M8 11.7v2.5M2.2 2.2l11.6 11.6" />,
)
export const LogIcon = strokeIcon(
  <>
    <rect x="2.8" y="2" width="10.4" height="12" rx="1.4" />
    <path d="M5.6 5.4h4.8M5.6 8h4.8M5.6 10.6h2.8" />
  </>,
)
export const FolderIcon = strokeIcon(
  <path d="M1.9 12V4.2a1.1 1.1 0 0 1 1.1-1.1h3.2l1.6 1.8H13a1.1 1.1 0 0 1 1.1 1.1v6a1.1 1.1 0 0 1-1.1 1.1H3A1.1 1.1 0 0 1 1.9 12Z" />,
)
export const ImportIcon = strokeIcon(
  <path d="M8 2.2v7.6M4.9 6.9 8 9.9l3.1-3M2.4 10.6v1.9a1.2 1.2 0 0 0 1.2 1.2h8.8a1.2 1.2 0 0 0 1.2-1.2v-1.9" />,
)
export const CloudIcon = strokeIcon(
  <path d="M4.6 12.2a3 3 0 0 1-.4-6 4 4 0 0 1 7.6-.4 3.2 3.2 0 0 1-.2 6.4Z" />,
)
export const DiscIcon = strokeIcon(
  <>
    <circle cx="8" cy="8" r="6" />
    <circle cx="8" cy="8" r="1.7" />
  </>,
)
export const GlobeIcon = strokeIcon(
  <>
    <circle cx="8" cy="8" r="6" />
    <path d="M2.2 8h11.6M8 2c-4.4 4-4.4 8 0 12M8 2c4.4 4 4.4 8 0 12" />
  </>,
)
/** A sheet with more of it behind. */
export const TemplateIcon = strokeIcon(
  <>
    <rect x="2" y="5" width="9" height="9" rx="1.3" strokeDasharray="2 1.6" />
    <path d="M5 2.2h7.6a1.2 1.2 0 0 1 1.2 1.2V11" />
  </>,
)
export const PulseIcon = strokeIcon(<path d="M1.6 8.4h2.6l1.9-4.8 3.2 9 2-5.6.9 1.4h2.2" />)
export const RecipeIcon = strokeIcon(
  <path d="M3.2 12.4V3.6a1.4 1.4 0 0 1 1.4-1.4h8.2v11.6H4.6a1.4 1.4 0 0 1 0-2.8h8.2M6.2 5.2h3.8" />,
)
/** The app's sign: an inn's lit doorway. */
export function LogoIcon({ size = 16 }: { size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 32 32">
      <rect width="32" height="32" rx="7.5" fill="#2c4fb5" />
      <path d="M6.8 14.6 16 6.9l9.2 7.7v10a1.6 1.6 0 0 1-1.6 1.6H8.4a1.6 1.6 0 0 1-1.6-1.6Z" fill="#fff" />
      <path d="M12.2 26.2v-6.4a3.8 3.8 0 0 1 7.6 0v6.4Z" fill="#f2b24a" />
    </svg>
  )
}
/** A shutter: the moment that is kept. */
export const SnapshotIcon = strokeIcon(
  <path d="M3.4 4.6h2L6.5 3h3l1.1 1.6h2a1.2 1.2 0 0 1 1.2 1.2v5.6a1.2 1.2 0 0 1-1.2 1.2H3.4a1.2 1.2 0 0 1-1.2-1.2V5.8a1.2 1.2 0 0 1 1.2-1.2ZM8 6.3a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4Z" />,
)
export const HereIcon = strokeIcon(
  <path d="M8 14s4.6-4 4.6-7.2A4.5 4.5 0 0 0 8 2.2a4.5 4.5 0 0 0-4.6 4.6C3.4 10 8 14 8 14ZM8 5.2a1.6 1.6 0 1 0 0 3.2 1.6 1.6 0 0 0 0-3.2Z" />,
)
export const SideBySideIcon = strokeIcon(
  <>
    <rect x="2" y="3" width="12" height="10" rx="1.4" />
    <path d="M8 3v10" />
  </>,
)
export const ColumnsIcon = strokeIcon(
  <>
    <rect x="2" y="3" width="12" height="10" rx="1.4" />
    <path d="M6.2 3v10M10.2 3v10" />
  </>,
)
