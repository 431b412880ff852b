/**
 * The 16 slots of `extinfo`, by name; the array Meta wants is made of them, with an empty text for
 * what is unknown. Source: Meta, App Data Parameters, read 2026-09.
 */
export interface ExtinfoInput {
  /** `a2` for Android, `i2` for iOS. */
  version: 'a2' | 'i2'
  /** Package or bundle id: `com.example.shop`. */
  package_name?: string | undefined
  /** `1.0` */
  short_version?: string | undefined
  /** `1.0 long` */
  long_version?: string | undefined
  /** `13.4.1`. Empty fails the whole batch (100/2804043). */
  os_version: string
  /** `iPhone5,1` */
  device_model?: string | undefined
  /** `en_US` */
  locale?: string | undefined
  /** `PDT` */
  timezone_abbreviation?: string | undefined
  /** `AT&T` */
  carrier?: string | undefined
  /** Pixels. */
  screen_width?: string | number | undefined
  /** Pixels. */
  screen_height?: string | number | undefined
  /** `2` */
  screen_density?: string | number | undefined
  /** How many cores the processor has: `2`. */
  cpu_cores?: string | number | undefined
  /** Gigabytes. */
  storage_size?: string | number | undefined
  /** Gigabytes. */
  free_storage?: string | number | undefined
  /** `USA/New York` */
  timezone?: string | undefined
}

/** What an app event must say of the app and the device. Source: Meta, App Data Parameters, read 2026-09. */
export interface AppDataInput {
  /** Whether the person allowed tracking (App Tracking Transparency on iOS 14.5 and newer). */
  advertiser_tracking_enabled: boolean | 0 | 1
  /** Whether the app's own setting allows it. */
  application_tracking_enabled?: boolean | 0 | 1 | undefined
  /** By name, or the 16 slots as an array. */
  extinfo: ExtinfoInput | readonly (string | number)[]
  /** Encrypted value of the deep link; needed for AppendAttribution on iOS. */
  campaign_ids?: string | undefined
  /** Android. */
  install_referrer?: string | undefined
  /** Android: package name of the shop that installed the app, such as `com.android.vending`. From Meta's app SDK. */
  installer_package?: string | undefined
  /** Address schemes the app answers to. From Meta's app SDK. */
  url_schemes?: readonly string[] | undefined
  /** In the documents, in no SDK. */
  vendor_id?: string | undefined
  /** Windows 10: the id an installation is attributed by. */
  windows_attribution_id?: string | undefined
  /** Your app's id of the person. In Meta's SDKs only; Meta matches people by `user_data.external_id`. */
  app_user_id?: string | undefined
  /** A flag of Meta's SDKs that no document explains; passed on as it is. */
  consider_views?: boolean | undefined
  /** A flag of Meta's SDKs that no document explains; passed on as it is. */
  include_dwell_data?: boolean | undefined
  /** A flag of Meta's SDKs that no document explains; passed on as it is. */
  include_video_data?: boolean | undefined
  /** A text of Meta's SDKs that no document explains, by its name a shop's receipt; passed on as it is. */
  receipt_data?: string | undefined
}
