{#
    Figures that stand out from the county's, or lean on a line, by the year's own standards (rules D329, D346–D348).
    Far out is told by median and median absolute deviation, which a few wrong figures do not move.
#}

with

sited as (
    select
        *,
        latitude - median(latitude) over years as north,
        (longitude - median(longitude) over years) * cos(radians(latitude)) as east
    from {{ ref('int_sites_placed') }}
    where register_year = school_year and longitude is not null and latitude is not null
    window years as (partition by school_year)
),

spread as (
    select
        *,
        sqrt(north * north + east * east) as distance,
        median(distance) over (partition by school_year) as usual_distance
    from sited
),

valued as (
    select
        figures.*,
        {{ rounding_changes_side('figures') }} as rounding_changes_side,
        indicators.name_zh as item_zh,
        indicators.name_en as item_en,
        median(figures.value) over schools as middle,
        count(*) over schools as schools
    from {{ ref('int_indicators_valued') }} as figures
    {{ by_its_own_standard('figures') }}
    inner join {{ ref('indicators') }} as indicators on figures.indicator_code = indicators.indicator_code
    where figures.in_scope and figures.value is not null
    window schools as (partition by figures.standard_code, figures.school_year, figures.stage, figures.indicator_code)
),

deviating as (
    select
        *,
        median(abs(value - middle)) over (partition by standard_code, school_year, stage, indicator_code) as deviation
    from valued
),

heaped as (
    select
        school_year,
        stage,
        indicator_code,
        any_value(item_zh) as item_zh,
        any_value(item_en) as item_en,
        count(case when value / threshold - 1 between -1e-9 and 0.01 then 1 end) as above,
        count(case when 1 - value / threshold > 1e-9 and 1 - value / threshold <= 0.01 then 1 end) as below
    from valued
    group by school_year, stage, standard_code, indicator_code
),

final as (
    {{ finding('D329', 'spread', 'distance > usual_distance * ' ~ parameter('coordinate_ratio', row='spread'),
        source=true, dataset="'schools'", found="concat(longitude, ', ', latitude)") }}
    union all by name
    {{ finding('D346', 'deviating', 'schools >= ' ~ parameter('outlier_schools', row='deviating')
        ~ ' and abs(value - middle) > 1.4826 * nullif(deviation, 0) * ' ~ parameter('outlier_deviations', row='deviating'),
        stage='stage', item_zh='item_zh', item_en='item_en', subject_key='indicator_code',
        found=figure_text('value'), expected=figure_text('middle')) }}
    union all by name
    {{ finding('D347', 'heaped', 'above >= ' ~ parameter('heaping_schools', row='heaped')
        ~ ' and above >= greatest(below, 1) * ' ~ parameter('heaping_ratio', row='heaped'), school='null',
        stage='stage', item_zh='item_zh', item_en='item_en', subject_key='indicator_code',
        found=figure_text('above'), expected=figure_text('below')) }}
    union all by name
    {{ finding('D348', 'valued', 'rounding_changes_side', stage='stage', item_zh='item_zh', item_en='item_en',
        subject_key='indicator_code', found="printf('%.6f', value)", expected=figure_text(
            'case when value * 2 < threshold + floor_value then floor_value else threshold end')) }}
)

select * from final
