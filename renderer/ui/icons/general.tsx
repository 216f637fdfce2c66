import { solidIcon, strokeIcon } from './icon'

export const PlusIcon = strokeIcon(<path d="M8 3v10M3 8h10" />)
export const CloseIcon = strokeIcon(<path d="m4 4 8 8M12 4l-8 8" />)
export const CheckIcon = strokeIcon(<path d="m3.2 8.6 3.1 3.1 6.5-7" />)
export const SearchIcon = strokeIcon(
  <>
    <circle cx="7" cy="7" r="4.2" />
    <path d="m10.2 10.2 3.3 3.3" />
  </>,
)
export const ChevronRightIcon = strokeIcon(<path d="m6.2 3.8 4.2 4.2-4.2 4.2" />)
export const ChevronDownIcon = strokeIcon(<path d="M3.8 6.2 8 10.4l4.2-4.2" />)
export const ArrowUpIcon = strokeIcon(<path d="M8 12.5v-9M4.5 7 8 3.5 11.5 7" />)
export const ArrowDownIcon = strokeIcon(<path d="M8 3.5v9M4.5 9 8 12.5 11.5 9" />)
export const MoreIcon = solidIcon(
  <>
    <circle cx="3.2" cy="8" r="1.3" />
    <circle cx="8" cy="8" r="1.3" />
    <circle cx="12.8" cy="8" r="1.3" />
  </>,
)
export const TrashIcon = strokeIcon(
  <path d="M2.8 4.4h10.4M6.2 4.2V2.8h3.6v1.4M4.1 4.6l.6 8a1.2 1.2 0 0 0 1.2 1.1h4.2a1.2 1.2 0 0 0 1.2-1.1l.6-8M6.8 7.2v3.8M9.2 7.2v3.8" />,
)
export const PencilIcon = strokeIcon(
  <path d="m10.6 2.9 2.5 2.5M2.9 13.1l.7-3.2 7.3-7.3a1.1 1.1 0 0 1 1.5 0l1 1a1.1 1.1 0 0 1 0 1.5L6.1 12.4l-3.2.7Z" />,
)
export const CopyIcon = strokeIcon(
  <>
    <rect x="5.4" y="5.4" width="8.2" height="8.2" rx="1.4" />
    <path d="M10.6 5.2V3.8a1.4 1.4 0 0 0-1.4-1.4H3.8a1.4 1.4 0 0 0-1.4 1.4v5.4a1.4 1.4 0 0 0 1.4 1.4h1.4" />
  </>,
)
export const TasksIcon = strokeIcon(
  <path d="M7.2 4h6.3M7.2 8h6.3M7.2 12h6.3M2.4 4l.9.9 1.5-1.7M2.4 8l.9.9 1.5-1.7M2.5 12h1.6" />,
)
export const InfoIcon = strokeIcon(
  <>
    <circle cx="8" cy="8" r="5.8" />
    <path d="M8 7.4v3.4" />
    <circle cx="8" cy="5.1" r="0.4" fill="currentColor" />
  </>,
)
export const WarningIcon = strokeIcon(
  <>
    <path d="M7 2.9 1.9 11.8a1.15 1.15 0 0 0 1 1.7h10.2a1.15 1.15 0 0 0 1-1.7L9 2.9a1.15 1.15 0 0 0-2 0Z" />
    <path d="M8 6.2v3.1" />
    <circle cx="8" cy="11.3" r="0.4" fill="currentColor" />
  </>,
)
export const ErrorIcon = strokeIcon(
  <>
    <circle cx="8" cy="8" r="5.8" />
    <path d="M8 4.9v3.7" />
    <circle cx="8" cy="10.9" r="0.4" fill="currentColor" />
  </>,
)
export const QuestionIcon = strokeIcon(
  <>
    <circle cx="8" cy="8" r="5.8" />
    <path d="M6.3 6.4a1.75 1.75 0 1 1 2.5 1.6c-.5.26-.8.6-.8 1.1" />
    <circle cx="8" cy="11.1" r="0.4" fill="currentColor" />
  </>,
)
export const SunIcon = strokeIcon(
  <>
    <circle cx="8" cy="8" r="2.8" />
    <path d="M8 1.6v1.2M8 13.2v1.2M1.6 8h1.2M13.2 8h1.2M3.5 3.5l.8.8M11.7 11.7l.8.8M12.5 3.5l-.8.8M4.3 11.7l-.8.8" />
  </>,
)
export const ContrastIcon = strokeIcon(
  <>
    <circle cx="8" cy="8" r="5.8" />
    <path d="M8 2.2a5.8 5.8 0 0 1 0 11.6Z" fill="currentColor" />
  </>,
)
export const KeyIcon = strokeIcon(
  <>
    <circle cx="5.2" cy="10.8" r="2.9" />
    <path d="m7.3 8.7 5.9-5.9M11.1 4.9l1.8 1.8" />
  </>,
)

export const OwnWindowIcon = strokeIcon(
  <path d="M7 3.2H3.4a1 1 0 0 0-1 1v8.4a1 1 0 0 0 1 1h8.4a1 1 0 0 0 1-1V9M9.6 2.4h4v4M13.4 2.6 8 8" />,
)
export const BackToPageIcon = strokeIcon(
  <path d="M7 3.2H3.4a1 1 0 0 0-1 1v8.4a1 1 0 0 0 1 1h8.4a1 1 0 0 0 1-1V9M12 8H8V4M8.2 7.8l5.4-5.4" />,
)
