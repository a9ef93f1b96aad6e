with

registered as (
    select * from {{ ref('int_schools_registered') }}
),

aliases as (
    select * from {{ ref('school_aliases') }}
),

county as (
    select {{ normal_name('max(value)') }} as county_name
    from {{ ref('county') }}
    where key = 'county_name'
),

refs as (
    {% for dataset in ['stg_conditions', 'stg_staff_counts', 'stg_rooms', 'stg_classes', 'stg_teachers'] %}
    select school_year, school_ref from {{ ref(dataset) }}
    union
    {% endfor %}
    select school_year, school_ref from {{ ref('stg_issues') }} where school_year is not null and school_ref <> ''
    union
    select school_year, parent_ref as school_ref from registered where parent_ref <> ''
),

names as (
    select school_year, school_code, name_key, 2 as step from registered
    union
    select null as school_year, school_code, name_key, 3 as step from registered
    union
    select null as school_year, school_code, {{ normal_name('unnest(string_split(former_names, \'|\'))') }} as name_key, 3 as step
    from registered
    where former_names <> ''
    union
    select null as school_year, school_code, {{ normal_name('alias') }} as name_key, 3 as step from aliases
    union
    select null as school_year, school_code, school_code as name_key, 1 as step from registered
),

short_names as (
    select
        registered.school_code,
        unnest([
            {{ without_prefix('registered.name_key', 'county.county_name') }},
            {{ without_prefix('registered.name_key', 'registered.township') }},
            {{ without_prefix(
                without_prefix('registered.name_key', 'county.county_name'), 'registered.township'
            ) }},
        ]) as name_key
    from registered
    cross join county
),

candidates as (
    select
        refs.school_year,
        refs.school_ref,
        names.school_code,
        names.step
    from refs
    inner join names
        on refs.school_ref = names.name_key
        and refs.school_year = coalesce(names.school_year, refs.school_year)
    union
    select
        refs.school_year,
        refs.school_ref,
        short_names.school_code,
        4 as step
    from refs
    inner join short_names on refs.school_ref = short_names.name_key
    union
    select
        refs.school_year,
        refs.school_ref,
        names.school_code,
        4 as step
    from refs
    cross join county
    inner join names on {{ without_prefix('refs.school_ref', 'county.county_name') }} = names.name_key
    union
    select
        refs.school_year,
        refs.school_ref,
        names.school_code,
        5 as step
    from refs
    inner join names on ltrim(refs.school_ref, '0') = ltrim(names.school_code, '0')
    where
        names.step = 1
        and regexp_full_match(refs.school_ref, '\d+')
        and length(refs.school_ref) < length(names.school_code)
),

found as (
    select
        school_year,
        school_ref,
        step,
        min(school_code) as school_code,
        count(distinct school_code) as school_count
    from candidates
    group by school_year, school_ref, step
    qualify row_number() over (partition by school_year, school_ref order by step) = 1
),

final as (
    select
        refs.school_year,
        refs.school_ref,
        case when found.school_count = 1 then found.school_code else refs.school_ref end as school_code,
        case
            when found.school_count > 1 then 'ambiguous'
            else coalesce({{ "['code', 'name', 'other_name', 'short_name', 'restored_zero'][found.step]" }}, 'unknown')
        end as method
    from refs
    left join found on refs.school_year = found.school_year and refs.school_ref = found.school_ref
)

select * from final
