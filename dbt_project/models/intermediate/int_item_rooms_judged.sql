{#
    G3: one row a standard, school and kind of special room. Rooms that are large enough are counted against one
    for every dozen classes. Rooms nobody listed may be there, classes nobody listed may need more.
#}

with

schools as (
    select
        school_year,
        school_code,
        scope_rule,
        sum(classes) as classes,
        count(*) = count(classes) as has_all_classes
    from {{ ref('int_item_schools_placed') }}
    group by school_year, school_code, scope_rule
),

sites as (
    select
        placed.school_year,
        placed.school_code,
        count(distinct placed.site_code) as sites,
        count(distinct rolls.school_code) as listed_sites
    from {{ ref('int_item_schools_placed') }} as placed
    left join {{ ref('int_rolls_current') }} as rolls
        on placed.school_year = rolls.school_year
            and placed.site_code = rolls.school_code
            and rolls.dataset = 'rooms'
    group by placed.school_year, placed.school_code
),

kinds as (
    select
        unnest(['音乐', '美术']) as room_kind,
        unnest(['Music', 'Art']) as room_kind_en,
        unnest(['music_area_m2', 'art_area_m2']) as limit_code
),

limits as (
    select * from {{ ref('int_item_limits_dated') }}
),

granted as (
    {{ granted_limits('G3') }}
),

softened as (
    select
        school_year,
        school_code,
        standard_code,
        limit_code,
        min(value) as value
    from granted
    group by school_year, school_code, standard_code, limit_code
),

needed as (
    select
        items.standard_code,
        schools.school_year,
        schools.school_code,
        kinds.room_kind,
        kinds.room_kind_en,
        schools.classes,
        schools.has_all_classes,
        sites.sites - sites.listed_sites as sites_unlisted,
        coalesce(least(softened.value, areas.value), areas.value) as least_area,
        ceil(schools.classes / dozens.value) as needed
    from schools
    {{ leaves_in('G3', 'schools') }}
    cross join kinds
    inner join sites on schools.school_year = sites.school_year and schools.school_code = sites.school_code
    inner join limits as dozens on {{ limit_of('dozens', 'classes_per_room') }}
    inner join limits as areas
        on items.school_year = areas.school_year
            and items.standard_code = areas.standard_code
            and items.item_code = areas.item_code
            and areas.limit_code = kinds.limit_code
            and areas.exception_code is null
    left join softened
        on schools.school_year = softened.school_year
            and schools.school_code = softened.school_code
            and items.standard_code = softened.standard_code
            and kinds.limit_code = softened.limit_code
),

placed as (
    select
        rolls.school_year,
        sites.counted_code as school_code,
        rolls.roll_name,
        rolls.amount
    from {{ ref('int_rolls_current') }} as rolls
    inner join {{ ref('int_sites_placed') }} as sites
        on rolls.school_year = sites.school_year and rolls.school_code = sites.school_code
    where rolls.dataset = 'rooms'
),

counted as (
    select
        needed.*,
        count(case when {{ reaches('placed.amount', 'needed.least_area', row='needed') }} then 1 end) as rooms,
        string_agg(
            case
                when not ({{ reaches('placed.amount', 'needed.least_area', row='needed') }})
                    then nullif({{ figure_text('placed.amount') }}, '0')
            end,
            '、' order by placed.amount desc
        ) as small_areas
    from needed
    left join placed
        on needed.school_year = placed.school_year
            and needed.school_code = placed.school_code
            and needed.room_kind = placed.roll_name
    group by all
),

final as (
    select
        standard_code,
        school_year,
        'G3' as item_code,
        school_code,
        room_kind as subject_key,
        room_kind as subject_zh,
        room_kind_en as subject_en,
        'count' as value_kind,
        case when sites_unlisted = 0 then rooms end as value,
        needed as target,
        case when sites_unlisted = 0 then rooms end as numerator,
        classes as denominator,
        case when sites_unlisted = 0 or rooms >= needed then greatest(needed - rooms, 0) end as shortfall,
        case when has_all_classes and rooms >= needed then rooms - needed end as slack,
        rooms - needed as margin,
        case
            when has_all_classes and rooms >= needed then 'met'
            when sites_unlisted = 0 and rooms < needed then 'not_met'
            else 'missing'
        end as status,
        small_areas,
        least_area
    from counted
)

select * from final
