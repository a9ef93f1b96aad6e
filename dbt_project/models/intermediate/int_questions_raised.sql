{# What a school's figures of a year invite inspectors to ask, one row a question and subject. #}

with

indicators as (
    select * from {{ ref('fct_school_indicator') }}
),

cases as (
    select * from {{ ref('fct_inspection_case') }}
),

rolls as (
    select * from {{ ref('int_rolls_current') }}
    where dataset = 'rooms'
),

sites as (
    select * from {{ ref('int_sites_placed') }}
),

limits as (
    select * from {{ ref('dim_inspection_limit') }}
    where item_code = 'G3' and exception_code = ''
),

issues as (
    select * from {{ ref('fct_data_issue') }}
    where is_waived is not true and school_code is not null
),

dated as (
    select distinct
        standard_code,
        school_year
    from indicators
),

compared as (
    select
        *,
        abs(value - threshold) <= threshold * {{ parameter('rehearsal_line_share') }} as is_near_line,
        abs(value - previous_value) > previous_value * {{ parameter('rehearsal_change_share') }} as has_changed
    from indicators
),

asked_of_figures as (
    select
        compared.*,
        unnest([
            case when compared.status = 'missing' then 'missing' end,
            case when compared.status = 'below' then 'below' end,
            case when compared.status = 'near' and not compared.is_near_line then 'near' end,
            case when compared.rounding_changes_side then 'rounding' end,
            case when compared.is_near_line then 'near_line' end,
            case when compared.has_changed then 'changed' end,
            case when compared.is_corrected then 'corrected' end,
            case when compared.exception_code is not null then 'exception' end
        ]) as question_code
    from compared
),

figures as (
    select
        standard_code,
        school_year,
        school_code,
        stage,
        question_code,
        indicator_code as subject_code,
        '' as subject,
        value,
        case when question_code = 'changed' then previous_value else threshold end as line,
        cast(null as varchar) as wording_zh,
        cast(null as varchar) as wording_en
    from asked_of_figures
    where question_code is not null
),

classes as (
    select
        standard_code,
        school_year,
        school_code,
        stage,
        'class_size' as question_code,
        subject_key as subject_code,
        subject_zh as subject,
        value,
        target as line,
        cast(null as varchar) as wording_zh,
        cast(null as varchar) as wording_en
    from cases
    where item_code = 'G5' and margin <= {{ parameter('rehearsal_class_pupils') }}
),

rooms as (
    select
        dated.standard_code,
        rolls.school_year,
        sites.counted_code as school_code,
        '' as stage,
        'room_area' as question_code,
        concat_ws('|', rolls.school_code, rolls.roll_key) as subject_code,
        concat('专用教室 ', rolls.roll_key) as subject,
        rolls.amount as value,
        limits.value as line,
        cast(null as varchar) as wording_zh,
        cast(null as varchar) as wording_en
    from rolls
    inner join dated on rolls.school_year = dated.school_year
    inner join sites on rolls.school_year = sites.school_year and rolls.school_code = sites.school_code
    inner join limits
        on rolls.school_year = limits.school_year
            and dated.standard_code = limits.standard_code
            and limits.limit_code
            = case when starts_with(rolls.roll_key, '音乐') then 'music_area_m2' else 'art_area_m2' end
    where rolls.amount < limits.value * (1 + {{ parameter('rehearsal_line_share', row='rolls') }})
),

findings as (
    select distinct
        dated.standard_code,
        issues.school_year,
        issues.school_code,
        '' as stage,
        case when issues.rule_code = 'D306' then 'roster' else 'finding' end as question_code,
        concat(issues.rule_code, '|', md5(issues.message_zh)) as subject_code,
        issues.rule_code as subject,
        cast(null as double) as value,
        cast(null as double) as line,
        issues.message_zh as wording_zh,
        issues.message_en as wording_en
    from issues
    inner join dated on issues.school_year = dated.school_year
    where issues.dataset is distinct from 'teachers' and issues.dataset is distinct from 'exchanges'
),

final as (
    select * from figures
    union all
    select * from classes
    union all
    select * from rooms
    union all
    select * from findings
)

select * from final
